/* What must hold of a verdict whatever the weights: a call for help is one, a plea is never a command, unsure goes up. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/triage/triage.h"

static struct triage_rules *rules;

static int setup(void **state)
{
	struct hl_reason why = { "" };

	(void)state;
	if (triage_load(HL_SRCDIR "/etc/triage", &rules, &why))
		print_error("%s\n", why.text);
	return rules ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	triage_free(rules);
	return 0;
}

static struct triage_verdict classify(const char *text)
{
	struct triage_verdict v;

	triage_classify(rules, text, strlen(text), &v);
	return v;
}

static void test_calls_for_help(void **state)
{
	static const char *const texts[] = {
		"Туслаач", "туслаарай", "tuslaach", "tuslaarai!!", "тусламж", "tuslamj", "авраач", "avraach", "help", "HELP!!!",
		"помогите", "Помогите мне пожалуйста", "pomogite!", "спасите", "А помогите", "STOP помогите",
		"SOS", "sos!", "сос", "help me", "цагдаа дуудаач", "Call the police", "Yaaraltai", "Надад тусална уу", "Намайг гаргахгүй байна",
		"namaig gargahgui bn", "Намайг битгий явуулаач", "I am locked in", "I want to die", "Амьдармааргүй байна",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct triage_verdict v = classify(texts[i]);
		if (v.kind != TRIAGE_TIP || v.urgency != TRIAGE_EMERGENCY)
			fail_msg("%s: %s %s", texts[i], triage_kind_name(v.kind), triage_urgency_name(v.urgency));
	}
}

static void test_commands(void **state)
{
	static const struct { const char *text; enum triage_kind kind; } rows[] = {
		{ "ЗОГС", TRIAGE_OPT_OUT }, { "zogs", TRIAGE_OPT_OUT }, { "Stop", TRIAGE_OPT_OUT }, { "STOP.", TRIAGE_OPT_OUT },
		{ "stop please", TRIAGE_OPT_OUT }, { "unsubscribe", TRIAGE_OPT_OUT }, { "Намайг хасаарай", TRIAGE_OPT_OUT },
		{ "Дахиж мессеж битгий явуул", TRIAGE_OPT_OUT }, { "bitgii msj yvuul", TRIAGE_OPT_OUT },
		{ "Больё", TRIAGE_OPT_OUT }, { "Бvртгvvлэх", TRIAGE_OPT_IN }, { "START", TRIAGE_OPT_IN },
		{ "Намайг нэмээрэй", TRIAGE_OPT_IN }, { "Эхлэх", TRIAGE_OPT_IN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_verdict v = classify(rows[i].text);
		if (v.kind != rows[i].kind || v.urgency != TRIAGE_URGENCY_NONE || v.exploitation != TRIAGE_EXPL_NONE)
			fail_msg("%s: %s", rows[i].text, triage_kind_name(v.kind));
	}
}

/* Beside what is read stands a sentence in Chinese, Korean, Arabic or Thai: unsure goes up. Emoji and a letter of a name are no sentence. */
static void test_letters_that_are_not_read(void **state)
{
	static const struct { const char *text; enum triage_kind kind; } rows[] = {
		{ "A \u6551\u547d\u6211", TRIAGE_TIP }, { "STOP \ub3c4\uc640\uc8fc\uc138\uc694", TRIAGE_TIP }, { "\u0645\u0633\u0627\u0639\u062f\u0629 ok", TRIAGE_TIP },
		{ "1 \u0e0a\u0e48\u0e27\u0e22", TRIAGE_TIP }, { "ok \U0001f44d\U0001f44d", TRIAGE_ACK }, { "A \u2705", TRIAGE_CAMPAIGN_REPLY },
		{ "\u00ab" "STOP\u00bb\u2026", TRIAGE_OPT_OUT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_verdict v = classify(rows[i].text);
		if (v.kind != rows[i].kind || (v.kind == TRIAGE_TIP && v.urgency != TRIAGE_NORMAL))
			fail_msg("%s: %s %s", rows[i].text, triage_kind_name(v.kind), triage_urgency_name(v.urgency));
	}
}

/* Words that sound like a stem once folded, in everyday company: nothing of a report fires, and no district. */
static void test_homographs(void **state)
{
	static const char *const texts[] = {
		"дуу сонсъё", "дуу дуулж байна", "бодлоо дараа хэлье", "golgaj unav", "Нүдэн шил олж авлаа", "Зургаан хүн байна",
		"Уртай хүн байна уу", "Шударга байя", "Золгохоор очно", "хооронд нь зай бий", "Монгол хэл хичээл 5 цагт",
		"Зээлийн хүү хэд вэ", "сарын хүү 2 хувь", "has guns deep", "Өөртэй чинь уулзъя", "зүүдэндээ чамайг харлаа",
		"үрчлээ арилгах тос", "tiim bzd", "medehgui shd",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct triage_verdict v = classify(texts[i]);
		if (v.score || v.district[0] || v.urgency >= TRIAGE_HIGH)
			fail_msg("%s: score %d, %s, %s", texts[i], v.score, v.district, triage_urgency_name(v.urgency));
	}
}

/* A negative word is half of the strongest evidence: it hides nothing, in whatever script. */
static void test_negation_hides_nothing(void **state)
{
	static const struct { const char *text; enum triage_urgency least; } rows[] = {
		{ "цалин өгдөггүй хүүхэд ажиллуулдаг", TRIAGE_HIGH }, { "tsalin ugduggui huuhed ajilluuldag", TRIAGE_HIGH },
		{ "Хүүхдээ сургуульд явуулдаггүй", TRIAGE_HIGH }, { "huuhdiig surguulid yavuuldaggui", TRIAGE_HIGH },
		{ "намайг гадагш гаргадаггүй", TRIAGE_EMERGENCY }, { "namaig yavuulahgui bn", TRIAGE_EMERGENCY },
		{ "харьж чадахгүй байна", TRIAGE_EMERGENCY }, { "harij chadahgui bn", TRIAGE_EMERGENCY },
		{ "харьж чадкү", TRIAGE_EMERGENCY }, { "bid nar garch chadku", TRIAGE_EMERGENCY },
		{ "ohin utas ni holbogdohgui ochigdroos", TRIAGE_HIGH }, { "нас хүрээгүй охин ажиллаж байна", TRIAGE_HIGH },
		{ "18 хvрээгvй охид бааранд", TRIAGE_HIGH }, { "хоол өгөхгүй байна хүүхдэд", TRIAGE_HIGH },
		{ "хаана байгаагаа мэдэхгүй, паспорт байхгүй", TRIAGE_HIGH }, { "паспортыг өгөхгүй байна", TRIAGE_HIGH },
		{ "хүүхэдтэйгээ уулзуулахгүй байна", TRIAGE_HIGH }, { "юу ч болоогүй, бичсэнээ март", TRIAGE_NORMAL },
		{ "битгий явуулаач охиныг", TRIAGE_NORMAL }, { "битгий ав намайг", TRIAGE_NORMAL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_verdict v = classify(rows[i].text);
		if (v.kind != TRIAGE_TIP || v.urgency < rows[i].least)
			fail_msg("%s: %s %s", rows[i].text, triage_kind_name(v.kind), triage_urgency_name(v.urgency));
	}
}

/* What an exploitation is called (LABELS.md): by what is gained, not by where it happens. */
static void test_exploitations(void **state)
{
	static const struct { const char *text; enum triage_exploitation exploitation; } rows[] = {
		{ "Хойд аав нь хүүхдийг өдөр бүр зоддог", TRIAGE_EXPL_NONE },
		{ "hoid aav ni shunu ohinii uruund orj irdeg", TRIAGE_EXPL_NONE },
		{ "Өвөө нь охиныг тэмтэрдэг", TRIAGE_EXPL_NONE }, { "My stepdad touches me, I am 12", TRIAGE_EXPL_NONE },
		{ "Хүүхэд шугаманд унтаж байна", TRIAGE_EXPL_NONE },
		{ "Хүүхдийг шөнө зочдын хажууд суулгадаг, мөнгийг нь эзэн авдаг", TRIAGE_EXPL_SEX },
		{ "Охидыг сонгуулаад шөнийн 12 цагт аваад явдаг", TRIAGE_EXPL_SEX },
		{ "Хөдөөнөөс ирсэн 13-тай охин хоол хийж, хүүхэд хардаг, сургуульгүй", TRIAGE_EXPL_LABOUR },
		{ "12 настай хүү хурдан морь унадаг, унаж бэртсэн", TRIAGE_EXPL_LABOUR },
		{ "Эгч маань Солонгост зөөгч хийж байгаа, паспортыг нь хураасан", TRIAGE_EXPL_LABOUR },
		{ "Хүүхдүүд шөнөжин камерын өмнө суудаг", TRIAGE_EXPL_ONLINE },
		{ "ohinii zurgiig taraana gej surdeegeed bna", TRIAGE_EXPL_ONLINE },
		{ "Намайг гаргахгүй байна", TRIAGE_EXPL_UNCLEAR }, { "Охин уйлаад байна, хаалга цоожтой", TRIAGE_EXPL_UNCLEAR },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_verdict v = classify(rows[i].text);
		if (v.exploitation != rows[i].exploitation)
			fail_msg("%s: %s", rows[i].text, triage_exploitation_name(v.exploitation));
	}
}

/* Texts that hold the words of a command and are none. */
static void test_no_commands(void **state)
{
	static const char *const texts[] = {
		"Stop him please", "please stop it he is hurting me", "Зогс гэж хэлсэн ч тэр намайг зодсон", "Тэр хүнийг зогсоогооч",
		"болиоч намайг", "битгий явуулаач", "Намайг эндээс хас", "stop bzd", "Зогс, охин уйлаад байна", "end ireech",
		"больё гэхээр явуулахгүй байна", "татгалзаж чадахгүй байна", "Хүүхдийн хөдөлмөрийг зогсооё!", "Stop child labour!",
		"mongo hereggui, gargaach", "Мессеж бичиж чадахгүй, зогс гээд булаагаад авсан", "dont stop looking for her",
		"бүү яв гэж хэлээрэй", "хасаарай намайг эндээс гаргаад",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct triage_verdict v = classify(texts[i]);
		if (v.kind == TRIAGE_OPT_OUT || v.kind == TRIAGE_OPT_IN)
			fail_msg("%s: %s", texts[i], triage_kind_name(v.kind));
	}
}

static void test_unsure_goes_up(void **state)
{
	static const char *const texts[] = {
		"", " ", "...", "?", "\xF0\x9F\x99\x8F", "\xFF\xFE\x80", "7134", "Код 7134", "Би энд байна", "тэр хүн дахиад",
		"Яах вэ", "битгий аваач", "Манай хажууд нэг юм болоод байна",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct triage_verdict v = classify(texts[i]);
		if (v.kind != TRIAGE_TIP || v.urgency < TRIAGE_NORMAL)
			fail_msg("%s: %s %s", texts[i], triage_kind_name(v.kind), triage_urgency_name(v.urgency));
	}
}

static void test_script(void **state)
{
	static const struct { const char *text; enum triage_script script; } rows[] = {
		{ "Хүүхэд ажиллаж байна", TRIAGE_SCRIPT_CYRILLIC }, { "Хvvхэд aжиллaж бaйнa", TRIAGE_SCRIPT_CYRILLIC },
		{ "huuhed ajillaj bna", TRIAGE_SCRIPT_LATIN }, { "a child is working at the market", TRIAGE_SCRIPT_ENGLISH },
		{ "", TRIAGE_SCRIPT_CYRILLIC }, { "5520", TRIAGE_SCRIPT_CYRILLIC }, { "tuslaach", TRIAGE_SCRIPT_LATIN },
		{ "help me", TRIAGE_SCRIPT_ENGLISH }, { "bzd 4 horoo", TRIAGE_SCRIPT_LATIN },
		{ "hotel дээр охид байна", TRIAGE_SCRIPT_CYRILLIC },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_verdict v = classify(rows[i].text);
		if (v.script != rows[i].script)
			fail_msg("%s: %s", rows[i].text, triage_script_name(v.script));
	}
}

static void test_child(void **state)
{
	static const struct { const char *text; bool child; } rows[] = {
		{ "Сарын хүү 2 хувь, зээл", false }, { "huu 3 huvi zeel avah bol", false }, { "Хүү маань ирээгүй", true },
		{ "манай дүү", false }, { "жаахан хүлээгээрэй", false }, { "15tai", true }, { "34 настай хүн", false },
		{ "a boy", true }, { "duu maani 3 honog alga", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (classify(rows[i].text).child != rows[i].child)
			fail_msg("%s", rows[i].text);
}

/* The stem that is shown is the rule's; the span is where it was found. */
static void test_cues(void **state)
{
	static const char text[] = "BZD 9r horoo, 15tai ohin tsoojtoi bairand bn";
	struct triage_verdict v = classify(text);
	bool lock = false, age = false, place = false;

	(void)state;
	for (size_t i = 0; i < v.cue_count; i++) {
		const struct triage_cue *c = &v.cues[i];
		assert_true(i == 0 || abs(c->weight) <= abs(v.cues[i - 1].weight));
		if (strcmp(c->stem, "цоож*") == 0) {
			lock = c->category == TRIAGE_CAT_CONTROL && strncmp(text + c->start, "tsoojtoi", c->end - c->start) == 0;
		} else if (strcmp(c->stem, "age") == 0) {
			age = c->number == 15 && strncmp(text + c->start, "15tai", c->end - c->start) == 0;
		} else if (strcmp(c->stem, "bzd") == 0) {
			place = c->number == 9 && c->start == 0 && c->end == 3;
		}
	}
	assert_true(lock && age && place);
	assert_string_equal(v.district, "Bayanzurkh");
	assert_int_equal(v.khoroo, 9);
	assert_true(v.score > 0);
}

/* More cues than fit, more matches than are looked at. */
static void test_longest(void **state)
{
	static char text[70000];
	struct triage_verdict v;
	size_t len = 0;

	(void)state;
	while (len + 64 < sizeof(text))
		len += (size_t)snprintf(text + len, sizeof(text) - len, "СБД 5 хороо хүүхэд 15тай цоож ");
	triage_classify(rules, text, len, &v);
	assert_int_equal(v.kind, TRIAGE_TIP);
	assert_int_equal(v.cue_count, TRIAGE_CUES_MAX);
	assert_string_equal(v.district, "Sukhbaatar");
}

/* More khoroos than are looked at, and a district among them: the nearest is its own; a lone one is the first. */
static void test_many_khoroos(void **state)
{
	char text[4096];
	struct triage_verdict v;
	size_t len = 0;

	(void)state;
	for (int i = 0; i < 200; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, i == 20 ? "2 khoroo, sbd 7 khoroo. " : "4 khoroo ");
	triage_classify(rules, text, len, &v);
	assert_string_equal(v.district, "Sukhbaatar");
	assert_int_equal(v.khoroo, 7);
	triage_classify(rules, text, 80, &v);
	assert_string_equal(v.district, "");
	assert_int_equal(v.khoroo, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calls_for_help), cmocka_unit_test(test_homographs),
		cmocka_unit_test(test_negation_hides_nothing), cmocka_unit_test(test_exploitations),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_letters_that_are_not_read),
		cmocka_unit_test(test_no_commands),
		cmocka_unit_test(test_unsure_goes_up),
		cmocka_unit_test(test_script),
		cmocka_unit_test(test_child),
		cmocka_unit_test(test_cues),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_many_khoroos),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
