/* The engine on the menu as shipped: where inputs lead, what they do, and how screens are cut into pages. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "conf/conf.h"
#include "core/ussd/engine.h"

#define REAL HL_SRCDIR "/etc/ussd.conf"

static const struct menu_words words = { "102", "108", "", "4821935", "A", "2" };

static int setup(void **state)
{
	static struct conf_errors errors;
	struct menu *m = menu_load(REAL, &words, &errors);

	conf_errors_print(stderr, &errors);
	*state = m;
	return m ? 0 : -1;
}

static int teardown(void **state)
{
	menu_free(*state);
	return 0;
}

/* Inputs with commas between them; the actions of all of them are put together. */
static unsigned walk(const struct screen_view *v, struct ussd_state *s, const char *inputs, struct ussd_step *last)
{
	unsigned actions = 0;
	char input[64];

	while (*inputs && !s->ended) {
		size_t len = strcspn(inputs, ",");
		memcpy(input, inputs, len);
		input[len] = '\0';
		*last = ussd_step(v, s, input);
		actions |= last->actions;
		inputs += len + (inputs[len] == ',');
	}
	assert_string_equal(inputs, "");
	return actions;
}

static void test_ways(void **state)
{
	static const struct { const char *inputs, *node; unsigned actions; enum ussd_did did; bool ended; } rows[] = {
		{ "0", "bye", 0, USSD_LEFT, true },
		{ "1", "main", 0, USSD_TOOK, false },
		{ "1,1,1", "danger", MENU_REPORT, USSD_TOOK, false },
		{ "1,1,1,1", "danger-yes", MENU_REPORT | MENU_EMERGENCY, USSD_TOOK, false },
		{ "1,1,1,3", "district", MENU_REPORT | MENU_URGENT, USSD_TOOK, false },
		{ "1,1,2,2,2,12,2", "report-quiet", MENU_REPORT, USSD_TOOK, true },
		{ "1,1,2,2,8,1,1", "report-end", MENU_REPORT | MENU_TEXT_YES, USSD_TOOK, true },
		{ "1,1,2,2,7,4,1,2", "report-quiet", MENU_REPORT | MENU_TEXT_NO, USSD_TOOK, true },
		{ "1,1,5,2,3,99,2", "report-quiet", MENU_REPORT, USSD_TOOK, true },
		{ "1,1,5,2,3,0", "bye", MENU_REPORT, USSD_LEFT, true },
		{ "3,2,2", "help-unsafe", MENU_HELP | MENU_EMERGENCY, USSD_TOOK, false },
		{ "3,2,1,1,1", "help-end", MENU_HELP | MENU_TEXT_YES, USSD_TOOK, true },
		{ "3,2,2,1,1,2", "help-quiet", MENU_HELP | MENU_EMERGENCY | MENU_TEXT_NO, USSD_TOOK, true },
		{ "2,4,1", "stopped", MENU_STOP, USSD_TOOK, true },
		{ "2,4,2", "started", MENU_START, USSD_TOOK, true },
		{ "2,3", "quiz", 0, USSD_TOOK, false },
		/* what is no option is asked twice more; an option in between begins the count again */
		{ "1,x", "main", 0, USSD_WRONG, false },
		{ "1,x,7", "main", 0, USSD_WRONG, false },
		{ "1,x,7,", "main", 0, USSD_WRONG, false },
		{ "1,x,7,1*1", "by-text", 0, USSD_GAVE_UP, true },
		{ "1,x,7,1,x,7,1", "danger", MENU_REPORT, USSD_TOOK, false },
		{ "1,1,1,2,1,100,0x1,-1", "by-text", MENU_REPORT, USSD_GAVE_UP, true },
		{ "1,1,1,2,1,100000000000000000000,+", "khoroo", MENU_REPORT, USSD_WRONG, false },
		/* pages: all digits of a list mean the same on each of them */
		{ "1,1,1,2,9", "district", MENU_REPORT, USSD_TURNED, false },
		{ "1,1,1,2,9,0", "district", MENU_REPORT, USSD_TURNED, false },
		{ "1,1,1,2,9,0,0", "bye", MENU_REPORT, USSD_LEFT, true },
		{ "1,1,1,2,9,1", "khoroo", MENU_REPORT, USSD_TOOK, false },
		{ "1,1,1,2,6", "khoroo", MENU_REPORT, USSD_TOOK, false },
		/* as people type it */
		{ " 1 ,1.,(1),*1#", "danger-yes", MENU_REPORT | MENU_EMERGENCY, USSD_TOOK, false },
	};
	const struct menu *m = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct screen_view v = { m, menu_transport(m, "default"), words, NULL };
		struct ussd_step last = { .did = USSD_TOOK };
		struct ussd_state s;
		unsigned actions;

		ussd_begin(m, WORDING_MN, &s);
		actions = walk(&v, &s, rows[i].inputs, &last);
		if (strcmp(m->nodes[s.node].name, rows[i].node) || actions != rows[i].actions || last.did != rows[i].did || s.ended != rows[i].ended)
			fail_msg("%s: node %s actions %u did %d ended %d", rows[i].inputs, m->nodes[s.node].name, actions, last.did, s.ended);
	}
}

static void test_an_empty_input_is_no_option(void **state)
{
	const struct menu *m = *state;
	const struct screen_view v = { m, menu_transport(m, "default"), words, NULL };
	struct ussd_state s;

	ussd_begin(m, WORDING_MN, &s);
	assert_int_equal(ussd_step(&v, &s, "").did, USSD_WRONG);
	assert_int_equal(ussd_step(&v, &s, "\xff\xfe\x01").did, USSD_WRONG);
	assert_int_equal(ussd_step(&v, &s, "123456789012345678901234567890").did, USSD_GAVE_UP);
}

static void test_answers(void **state)
{
	const struct menu *m = *state;
	const struct screen_view v = { m, menu_transport(m, "default"), words, NULL };
	char buffer[MENU_VALUE_MAX];
	struct ussd_step last;
	struct ussd_state s;

	ussd_begin(m, WORDING_MN, &s);
	walk(&v, &s, "1,1,2,3,2,12", &last);
	assert_int_equal(s.answer_count, 5);
	assert_string_equal(ussd_saved(m, &s, "kind", buffer), "labour");
	assert_string_equal(ussd_saved(m, &s, "danger", buffer), "unsure");
	assert_string_equal(ussd_saved(m, &s, "district", buffer), "Bayanzurkh");
	assert_string_equal(ussd_saved(m, &s, "khoroo", buffer), "12");
	assert_null(ussd_saved(m, &s, "text", buffer));
	ussd_go(m, &s, menu_find(m, "kind")); /* answered once more: the answer before is gone */
	walk(&v, &s, "1", &last);
	assert_int_equal(s.answer_count, 5);
	assert_string_equal(ussd_saved(m, &s, "kind", buffer), "sex");
}

static void test_screens(void **state)
{
	static const struct { const char *inputs; bool again; const char *screen; } rows[] = {
		{ "", false, "Хэл / Language\n1 Монгол\n2 Mongol\n3 English\n0 Гарах" },
		{ "1,1", false, "Юу болов?\n1 Бэлгийн мөлжлөг\n2 Хүчээр ажиллуулах\n3 Цахим орчинд\n9 Цааш\n0 Гарах" },
		{ "1,1,9", false, "Юу болов?\n4 Тодорхойгүй\n5 Өөр зүйл\n0 Буцах" },
		{ "3,1,1,x", true, "No such choice.\nIs a child in danger now?\n1 Yes\n2 No\n3 Not sure\n0 Exit" },
		{ "1,1,1,2,8,2", false, "Бүртгэлээ. Код 4821935. Тан руу бичихгүй." }, /* no short number: nor its blank */
		{ "1,1,1,1", false, "Боломжтой бол 102 руу залгаарай.\n1 Энд үргэлжлүүлэх\n0 Гарах" },
	};
	const struct menu *m = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct screen_view v = { m, menu_transport(m, "default"), words, NULL };
		struct ussd_step last;
		struct ussd_state s;
		char text[SCREEN_MAX];

		ussd_begin(m, WORDING_MN, &s);
		walk(&v, &s, rows[i].inputs, &last);
		assert_true(ussd_screen(&v, &s, rows[i].again, text) > 0);
		assert_string_equal(text, rows[i].screen);
		assert_true(screen_fits(v.transport, text, NULL, NULL));
	}
}

/* Every screen of every node, whatever the transport: it fits, and each option stands on exactly one page. */
static void test_every_screen_fits(void **state)
{
	const struct menu_transport sizes[] = {
		{ .name = "usual", .gsm7 = 182, .ucs2 = 80 }, { .name = "latin", .gsm7 = 182, .ucs2 = 80, .translit = true },
		{ .name = "octets112", .gsm7 = 128, .ucs2 = 80, .translit = true }, { .name = "sms", .gsm7 = 160, .ucs2 = 134 },
	};
	const struct menu *m = *state;
	char text[SCREEN_MAX];

	for (size_t t = 0; t < sizeof(sizes) / sizeof(sizes[0]); t++)
		for (int node = 0; node < (int)m->node_count; node++)
			for (int lang = 0; lang < WORDING_LANGUAGES; lang++) {
				const struct screen_view v = { m, &sizes[t], words, NULL };
				size_t starts[MENU_OPTIONS_MAX + 1];
				int pages;
				if (m->nodes[node].kind == MENU_QUIZ)
					continue;
				pages = screen_pages(&v, node, (enum wording_language)lang, starts);
				assert_true(pages > 0);
				for (int p = 0; p < pages; p++) {
					const struct screen_page at = { node, p, (enum wording_language)lang, false };
					assert_true(screen_render(&v, &at, text) > 0);
					assert_true(screen_fits(v.transport, text, NULL, NULL));
					assert_true(p == 0 || starts[p] > starts[p - 1]);
				}
			}
}

static void test_a_quiz(void **state)
{
	static const struct menu_quiz quiz = { 7, "May an employer keep a child's papers?", { "Yes", "No" }, 2 };
	const struct menu *m = *state;
	const struct screen_view v = { m, menu_transport(m, "default"), words, &quiz };
	struct ussd_step step;
	struct ussd_state s;
	char text[SCREEN_MAX];

	ussd_begin(m, WORDING_EN, &s);
	ussd_go(m, &s, menu_find(m, "quiz"));
	assert_true(ussd_screen(&v, &s, false, text) > 0);
	assert_string_equal(text, "May an employer keep a child's papers?\n1 Yes\n2 No\n0 Exit");
	step = ussd_step(&v, &s, "2");
	assert_int_equal(step.did, USSD_QUIZ);
	assert_int_equal(step.choice, 1);
	assert_int_equal(ussd_step(&v, &s, "3").did, USSD_WRONG);
	assert_int_equal(ussd_step(&v, &s, "0").did, USSD_LEFT);
}

static void test_languages(void **state)
{
	static const struct { const char *input; enum wording_language lang; } rows[] = { { "1", WORDING_MN }, { "2", WORDING_MN_LATN }, { "3", WORDING_EN } };
	const struct menu *m = *state;
	const struct screen_view v = { m, menu_transport(m, "default"), words, NULL };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int from = 0; from < WORDING_LANGUAGES; from++) { /* as a texter who is known begins in theirs */
			struct ussd_state s;
			ussd_begin(m, (enum wording_language)from, &s);
			ussd_step(&v, &s, rows[i].input);
			assert_int_equal(s.lang, rows[i].lang);
			ussd_step(&v, &s, "1"); /* an option that names none */
			assert_int_equal(s.lang, rows[i].lang);
		}
	}
}

/* A number at its bounds, in a node that asks for one; and what is saved, where something is. */
static void test_numbers_and_saving(void **state)
{
	static const struct { const char *input; bool taken; } rows[] = { { "1", true }, { "98", true }, { "-1", false }, { "00", false } };
	const struct menu *m = *state;
	const struct screen_view v = { m, menu_transport(m, "default"), words, NULL };
	struct ussd_state s;
	struct ussd_step step;

	ussd_begin(m, WORDING_EN, &s);
	assert_false(ussd_step(&v, &s, "1").saved); /* the language is no answer */
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ussd_begin(m, WORDING_EN, &s);
		ussd_go(m, &s, menu_find(m, "khoroo"));
		step = ussd_step(&v, &s, rows[i].input);
		assert_int_equal(step.saved, rows[i].taken);
		assert_int_equal(step.did == USSD_TOOK, rows[i].taken);
	}
	ussd_begin(m, WORDING_EN, &s);
	ussd_go(m, &s, menu_find(m, "danger")); /* one page: 9 turns none */
	assert_int_equal(ussd_step(&v, &s, "9").did, USSD_WRONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_an_empty_input_is_no_option),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_screens),
		cmocka_unit_test(test_every_screen_fits),
		cmocka_unit_test(test_a_quiz),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_numbers_and_saving),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
