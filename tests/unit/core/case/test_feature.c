/* What two reports have in common, by keyed hashes alone. */
#include "cm.h"

#include <sodium.h>
#include <string.h>

#include "core/case/feature.h"

static void hash(void *arg, const void *data, size_t len, uint8_t out[FEATURE_HASH])
{
	crypto_generichash(out, FEATURE_HASH, data, len, arg, 32);
}

static struct triage_rules *rules;
static uint8_t key[32] = "a key for tests", other_key[32] = "another one";

struct report { const char *text; struct triage_verdict v; struct features f; };

static void read_report(struct report *r, const char *text, void *with)
{
	r->text = text;
	triage_classify(rules, text, strlen(text), &r->v);
	feature_make(text, strlen(text), &r->v, hash, with, &r->f);
	assert_true(r->f.count <= FEATURES_MAX);
}

static enum feature_verdict compare(const struct report *a, const struct report *b)
{
	struct feature_match m = { 0, 0, a->v.exploitation, b->v.exploitation };

	for (size_t i = 0; i < a->f.count; i++)
		for (size_t j = 0; j < b->f.count; j++)
			if (memcmp(a->f.list[i].hash, b->f.list[j].hash, FEATURE_HASH) == 0 && a->f.list[i].kind == FEATURE_PLACE)
				m.places++;
			else if (memcmp(a->f.list[i].hash, b->f.list[j].hash, FEATURE_HASH) == 0)
				m.words = feature_shared(a->f.sketch, b->f.sketch);
	return feature_decide(&m);
}

#define OTHER FEATURE_OTHER
#define TEXT FEATURE_SAME_TEXT
#define PLACE FEATURE_SAME_PLACE

static const struct { const char *a, *b; enum feature_verdict wanted; } pairs[] = {
	{ "Баянзүрх дүүргийн 7-р хороонд охидыг буудалд биеийг нь үнэлүүлж байна",
		"БЗД 7 хороо буудал дээр 15 настай охин биеэ үнэлж байна гэсэн", PLACE },
	{ "Баянзүрх дүүргийн 7-р хороонд охидыг буудалд биеийг нь үнэлүүлж байна",
		"Баянзүрх дүүргийн 8-р хороонд охидыг хорьсон, биеийг нь үнэлүүлдэг гэнэ", OTHER },
	{ "Баянзүрх дүүргийн 7-р хороонд охидыг буудалд биеийг нь үнэлүүлж байна",
		"Сүхбаатар дүүргийн 7-р хороонд нэг айл охидоор биеийг нь үнэлүүлдэг", OTHER },
	{ "Баянзүрх дүүргийн 14-р сургуулийн гадна охидыг машинд суулгаж буудалд аваачдаг",
		"14-р сургууль Баянзүрх дүүрэг, охид хүүхнүүд биеэ үнэлүүлдэг газар байна", PLACE },
	{ "girls of the school are taken by car to the hotel and made to meet men every friday night",
		"girls of the school are taken by car to the hotel and made to meet men every friday nite", TEXT },
	{ "girls of the school are taken by car to the hotel and made to meet men every friday night",
		"a boy of 12 works in the mine all night and gets no money from the owner of it", OTHER },
	{ "help me", "help me", OTHER }, /* words that anybody says */
};

static void test_pairs(void **state)
{
	struct report a, b;

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		print_message("%s | %s\n", pairs[i].a, pairs[i].b);
		read_report(&a, pairs[i].a, key);
		read_report(&b, pairs[i].b, key);
		assert_int_equal(compare(&a, &b), pairs[i].wanted);
		assert_int_equal(compare(&b, &a), pairs[i].wanted);
	}
}

static void test_nothing_without_the_key(void **state)
{
	struct report a, b;

	(void)state;
	read_report(&a, pairs[0].a, key);
	read_report(&b, pairs[0].a, other_key);
	assert_int_equal(compare(&a, &a), TEXT);
	assert_int_equal(compare(&a, &b), OTHER);
}

static void test_decide(void **state)
{
	(void)state;
	assert_int_equal(feature_decide(&(struct feature_match){ 1, 0, TRIAGE_EXPL_SEX, TRIAGE_EXPL_LABOUR }), OTHER);
	assert_int_equal(feature_decide(&(struct feature_match){ 1, 0, TRIAGE_EXPL_SEX, TRIAGE_EXPL_UNCLEAR }), PLACE);
	assert_int_equal(feature_decide(&(struct feature_match){ 0, FEATURE_SKETCH_SAME, TRIAGE_EXPL_SEX, TRIAGE_EXPL_LABOUR }), TEXT);
	assert_int_equal(feature_decide(&(struct feature_match){ 0, FEATURE_SKETCH_SAME - 1, TRIAGE_EXPL_SEX, TRIAGE_EXPL_SEX }), OTHER);
}

static void test_any_text(void **state)
{
	char text[5000];
	struct report r;

	(void)state;
	memset(text, ' ', sizeof(text));
	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, i % 2 ? "99 " : "a1 ", 3);
	text[sizeof(text) - 1] = '\0';
	read_report(&r, text, key);
	read_report(&r, "", key);
	assert_int_equal(r.f.count, 0);
}

static int load(void **state)
{
	struct hl_reason why;

	(void)state;
	return sodium_init() < 0 || triage_load(HL_SRCDIR "/etc/triage", &rules, &why);
}

static int unload(void **state)
{
	(void)state;
	triage_free(rules);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs), cmocka_unit_test(test_nothing_without_the_key), cmocka_unit_test(test_decide),
		cmocka_unit_test(test_any_text),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
