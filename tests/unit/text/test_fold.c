/* Folding: every vector of words.tsv and clean.tsv, tokens with their spans, and what must hold for any octets. */
#include "cm.h"
#include "tsv.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/fold.h"
#include "text/utf8.h"

#define K1_SYMBOLS "abcdeghiklmnopqrstvyz"

static void test_words(void **state)
{
	struct tsv t;
	int rows = 0;

	(void)state;
	for (tsv_open(&t, HL_TEST_DATA "/triage/words.tsv"); tsv_read(&t, 5); rows++) {
		struct fold_text text;
		struct fold_token *word;

		fold_text_open(&text, t.columns[0], strlen(t.columns[0]));
		assert_true(text.word_count == 1);
		word = &text.tokens[text.words[0]];
		if (strcmp(word->k0.s, t.columns[1]) || strcmp(word->k1.s, t.columns[2]) || strcmp(word->k2.s, t.columns[3]))
			fail_msg("words.tsv:%d %s: %s %s %s", t.number, t.columns[0], word->k0.s, word->k1.s, word->k2.s);
		/* The vectors are for a message that is not clean. */
		if (!text.clean && word->negative != (t.columns[4][0] == '1'))
			fail_msg("words.tsv:%d %s: negative %d", t.number, t.columns[0], word->negative);
		fold_text_close(&text);
	}
	assert_true(rows >= 240);
}

static void test_negatives_unclean(void **state)
{
	struct tsv t;

	(void)state;
	for (tsv_open(&t, HL_TEST_DATA "/triage/words.tsv"); tsv_read(&t, 5); ) {
		struct fold_text text;
		char line[512];

		/* A word with в for a vowel beside it makes the message one that is not clean. */
		snprintf(line, sizeof(line), "Врввнд %s", t.columns[0]);
		fold_text_open(&text, line, strlen(line));
		assert_false(text.clean);
		if (text.tokens[text.words[1]].negative != (t.columns[4][0] == '1'))
			fail_msg("words.tsv:%d %s", t.number, t.columns[0]);
		fold_text_close(&text);
	}
}

static void test_negative_in_clean_text(void **state)
{
	static const struct { const char *text; bool negative; } rows[] = {
		{ "Өдөр хүрээгуй", false }, { "Өдөр хүрээгүй", true }, { "Удур хурээгуй", true }, { "Өдөр дугуй", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fold_text text;
		fold_text_open(&text, rows[i].text, strlen(rows[i].text));
		assert_int_equal(text.tokens[text.words[1]].negative, rows[i].negative);
		fold_text_close(&text);
	}
}

static void test_clean(void **state)
{
	struct tsv t;

	(void)state;
	for (tsv_open(&t, HL_TEST_DATA "/triage/clean.tsv"); tsv_read(&t, 2); ) {
		struct fold_text text;
		fold_text_open(&text, t.columns[0], strlen(t.columns[0]));
		if (text.clean != (t.columns[1][0] == '1'))
			fail_msg("clean.tsv:%d", t.number);
		fold_text_close(&text);
	}
}

/* What leaves no token, and yet says something. */
static void test_unread(void **state)
{
	static const struct { const char *text; size_t letters, signs; } rows[] = {
		{ "", 0, 0 }, { "Тийм, (\"A\") 15%! *#@$", 0, 0 }, { "\u00abөргөө\u00bb \u2014 \u2116" "5\u2026\u00a0", 0, 0 },
		{ "A \u6551\u547d", 2, 0 }, { "1\ub3c4", 1, 0 }, { "ok \U0001f198\u2764\ufe0f", 0, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fold_text text;
		fold_text_open(&text, rows[i].text, strlen(rows[i].text));
		if (text.other_letters != rows[i].letters || text.signs != rows[i].signs)
			fail_msg("%s: %zu letters, %zu signs", rows[i].text, text.other_letters, text.signs);
		fold_text_close(&text);
	}
}

/* Tokens as text: words as they stand, numbers as #n, marks as they are, each with its span. */
static void test_tokens(void **state)
{
	static const struct { const char *text, *tokens; } rows[] = {
		{ "", "" },
		{ "15tai", "#15[0,2) tai[2,5)" },
		{ "БЗД-ийн", "бзд[0,6) -[6,7) ийн[7,13)" },
		{ "9r", "#9[0,1) r[1,2)" },
		{ "a \xFF" "b", "a[0,1) b[3,4)" },
		{ "a\xE2\x80\x8B" "b", "ab[0,5)" },
		{ "can't `x'", "cant[0,5) x[7,8)" },
		{ "1\xE2\x80\x93" "2\n3/4%?!;:,.", "#1[0,1) -[1,4) #2[4,5) \n[5,6) #3[6,7) /[7,8) #4[8,9) %[9,10) ?[10,11) ![11,12) "
			";[12,13) :[13,14) ,[14,15) .[15,16)" },
		{ "12345678901234567890", "#999999999[0,20)" },
		{ "a\xC2\xA0" "b", "a[0,1) b[3,4)" },
		{ "\xD0\xB8\xCC\x86", "й[0,4)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fold_text text;
		char got[512] = "";
		size_t n = 0;

		fold_text_open(&text, rows[i].text, strlen(rows[i].text));
		for (size_t k = 0; k < text.count; k++) {
			const struct fold_token *o = &text.tokens[k];
			n += (size_t)snprintf(got + n, sizeof(got) - n, "%s", k ? " " : "");
			if (o->kind == FOLD_WORD)
				n += (size_t)snprintf(got + n, sizeof(got) - n, "%s", o->k0.s);
			else if (o->kind == FOLD_NUMBER)
				n += (size_t)snprintf(got + n, sizeof(got) - n, "#%u", (unsigned)o->number);
			else
				n += (size_t)snprintf(got + n, sizeof(got) - n, "%c", o->mark);
			n += (size_t)snprintf(got + n, sizeof(got) - n, "[%u,%u)", (unsigned)o->start, (unsigned)o->end);
		}
		assert_string_equal(got, rows[i].tokens);
		fold_text_close(&text);
	}
}

static void test_rounding(void **state)
{
	static const struct { const char *word, *rounding; } rows[] = {
		{ "нүүрс", "4" }, { "норсон", "1" }, { "өөрөө", "2" }, { "хөдүүлүө", "242" }, { "хар", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fold_key key = { rows[i].word, (uint16_t)strlen(rows[i].word) };
		char out[8];
		fold_rounding(key, out, sizeof(out));
		assert_string_equal(out, rows[i].rounding);
	}
}

/* ---- any octets ------------------------------------------------------------ */

static uint64_t random_state;

static uint32_t random_next(void)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(random_state >> 33);
}

static size_t random_text(char *out, size_t max)
{
	static const char *const pieces[] = {
		"в", "ө", "ү", "y", "v", "vv", "yy", "i", "и", "\xCC\x86", "\xCC\x88", "о", "ts", "тс", "q", "ku", "гүй", "gui",
		"bga", "bh", " ", "'", "15", "-", "\xE2\x80\x8B", "хү", "Θ", "я", "ё", "ь", "gvi", "h", "к", "у",
	};
	size_t len = 0, want = random_next() % (max - 8);

	while (len < want) {
		const char *piece = pieces[random_next() % (sizeof(pieces) / sizeof(pieces[0]))];
		if (random_next() % 8 == 0) {
			out[len++] = (char)random_next();
			continue;
		}
		memcpy(out + len, piece, strlen(piece));
		len += strlen(piece);
	}
	return len;
}

static void check_k1(struct fold_key k1)
{
	for (size_t i = 0; i < k1.len; i++) {
		assert_non_null(strchr(K1_SYMBOLS, k1.s[i]));
		assert_true(i == 0 || k1.s[i] != k1.s[i - 1]);
		assert_false(i > 0 && k1.s[i] == 'i' && strchr("aeo", k1.s[i - 1]));
	}
}

static void check_k2(struct fold_key k2)
{
	size_t capitals = 0;

	for (size_t i = 0; i < k2.len; i++)
		capitals += k2.s[i] >= 'A' && k2.s[i] <= 'Z';
	assert_true(capitals == (k2.len ? 1u : 0u));
}

static void check_text(const struct fold_text *text, size_t len)
{
	size_t from = 0;

	for (size_t i = 0; i < text->count; i++) {
		const struct fold_token *o = &text->tokens[i];
		assert_true(o->start >= from && o->end > o->start && o->end <= len);
		from = o->end;
		if (o->kind != FOLD_WORD)
			continue;
		assert_true(o->letters >= 1 && o->letters <= FOLD_LETTERS_MAX);
		assert_int_equal(o->k0.s[o->k0.len], 0);
		assert_true(utf8_valid(o->k0.s, o->k0.len));
		check_k1(o->k1);
		check_k2(o->k2);
	}
}

static void test_random_octets(void **state)
{
	uint64_t seed = (uint64_t)time(NULL);
	char s[600];

	(void)state;
	random_state = seed;
	print_message("seed %llu\n", (unsigned long long)seed);
	for (int round = 0; round < 20000; round++) {
		size_t len = random_text(s, sizeof(s));
		struct fold_text text;
		fold_text_open(&text, s, len);
		check_text(&text, len);
		fold_text_close(&text);
	}
}

static void assert_same_keys(const char *a, const char *b)
{
	struct fold_text x, y;

	fold_text_open(&x, a, strlen(a));
	fold_text_open(&y, b, strlen(b));
	assert_int_equal(x.count, y.count);
	for (size_t i = 0; i < x.word_count; i++) {
		assert_string_equal(x.tokens[x.words[i]].k0.s, y.tokens[y.words[i]].k0.s);
		assert_string_equal(x.tokens[x.words[i]].k1.s, y.tokens[y.words[i]].k1.s);
	}
	fold_text_close(&x);
	fold_text_close(&y);
}

static void test_same_whatever_the_case(void **state)
{
	(void)state;
	assert_same_keys("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ", "абвгдежзийклмнопрстуфхцчшщъыьэюяё");
	assert_same_keys("ӨҮЄЇІѲҰӦӰ", "өүєїіѳұӧӱ");
	assert_same_keys("ABCDEFGHIJKLMNOPQRSTUVWXYZÖÜØÓÒÚÙΘ", "abcdefghijklmnopqrstuvwxyzöüøóòúùθ");
	assert_same_keys("й ё ї ӧ ӱ ö ü ò ó ù ú", "и\xCC\x86 е\xCC\x88 і\xCC\x88 о\xCC\x88 у\xCC\x88 o\xCC\x88 u\xCC\x88 o\xCC\x80 "
		"o\xCC\x81 u\xCC\x80 u\xCC\x81");
	assert_same_keys("Й Ё Ї Ӧ Ӱ", "И\xCC\x86 Е\xCC\x88 І\xCC\x88 О\xCC\x88 У\xCC\x88");
}

static void test_longest_text(void **state)
{
	size_t len = FOLD_TEXT_MAX + 100;
	char *s = malloc(len);
	struct fold_text text;

	(void)state;
	assert_non_null(s);
	memset(s, 'q', len);
	fold_text_open(&text, s, len);
	assert_int_equal(text.count, 1);
	assert_int_equal(text.tokens[0].end, FOLD_TEXT_MAX);
	assert_int_equal(text.tokens[0].letters, FOLD_LETTERS_MAX);
	fold_text_close(&text);
	for (size_t i = 0; i < len; i += 2)
		s[i] = ' ';
	fold_text_open(&text, s, len);
	assert_int_equal(text.word_count, FOLD_TEXT_MAX / 2);
	fold_text_close(&text);
	free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_negatives_unclean),
		cmocka_unit_test(test_negative_in_clean_text),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_unread),
		cmocka_unit_test(test_rounding),
		cmocka_unit_test(test_random_octets),
		cmocka_unit_test(test_same_whatever_the_case),
		cmocka_unit_test(test_longest_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
