#include "core/triage/ages.h"

#include <string.h>

#include "core/triage/words.h"

/* Words around a number, on K0 unless said otherwise. */
static const char *const ordinals[] = {
	"р", "r", "дугаар", "дүгээр", "dugaar", "dugeer", "th", "а", "б", "в", "г", "д", "a", "b", "v", "g", "d", "n", NULL
};
static const char *const abouts[] = { "орчим", "гаруй", "шахам", "orchim", "garui", NULL };
static const char *const with_age[] = { "тай", "тэй", "той", "tai", "tei", "toi", "tay", "tey", NULL };
static const char *const ablatives[] = { "аас", "ээс", "оос", "өөс", "aas", "ees", "oos", NULL };
static const char *const upwards[] = { "дээш", "deesh", NULL };
static const char *const years[] = { "нас", "nas", "насанд", "nasand", NULL };
static const char *const year_words[] = { "years", "year", NULL };
static const char *const clause_words[] = {
	"яах", "yah", "яахуу", "одоо", "odoo", "гэхдээ", "gehdee", "бас", "bas", "and", "but", NULL
};
static const char *const self_words[] = { "би", "bi", NULL };
static const char *const told_before[] = { "нас", "nas", NULL };
static const char *const english_before[] = { "im", "am", "is", "aged", "about", NULL };
/* On K1, beginnings: what is counted is no age. */
static const char *const units[] = {
	"cag", "sar", "odor", "honog", "zil", "myanga", "mangan", "saya", "sa", "togrog", "hov", "dahar", "bar", "tot", "orc", "horo",
	"oda", "dah", "km", "minot", NULL
};
static const char *const english_units[] = {
	"am", "pm", "minutes", "minute", "min", "hours", "hour", "days", "day", "weeks", "week", "months", "month", "times", "km",
	"o", "percent", NULL
};
#define NUMBER_WORD_MAX 6
static const struct { char k1[NUMBER_WORD_MAX + 1]; int number; } number_words[] = {
	{ "neg", 1 }, { "hoyor", 2 }, { "hor", 2 }, { "gorav", 3 }, { "gorvan", 3 }, { "dorov", 4 }, { "dorvon", 4 }, { "tav", 5 },
	{ "tavan", 5 }, { "zorga", 6 }, { "zorgan", 6 }, { "dolo", 7 }, { "dolon", 7 }, { "nam", 8 }, { "naman", 8 }, { "es", 9 },
	{ "eson", 9 }, { "arav", 10 }, { "arvan", 10 },
};

struct search {
	const struct fold_text *text;
	const bool *is_child;
	struct triage_age *ages;
	size_t count;
};

static const struct fold_token *token(const struct search *s, size_t at)
{
	return at < s->text->count ? &s->text->tokens[at] : NULL;
}

static bool is_number(const struct fold_token *t, unsigned max)
{
	return t && t->kind == FOLD_NUMBER && t->letters <= 2 && t->number >= 1 && t->number <= max;
}

static bool is_mark(const struct fold_token *t, char mark)
{
	return t && t->kind == FOLD_MARK && t->mark == mark;
}

static size_t skip_hyphen(const struct search *s, size_t at)
{
	return is_mark(token(s, at), '-') ? at + 1 : at;
}

static size_t skip_word(const struct search *s, size_t at, const char *const *list)
{
	return words_k0_is(token(s, at), list) ? at + 1 : at;
}

static bool is_found(const struct search *s, size_t at)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->ages[i].token == at)
			return true;
	return false;
}

static bool add(struct search *s, enum triage_age_kind kind, size_t at, size_t last, unsigned number)
{
	if (s->count < TRIAGE_AGES_MAX)
		s->ages[s->count++] = (struct triage_age){ kind, (int)number, (uint32_t)at, (uint32_t)last };
	return true;
}

static bool try_grade(struct search *s, size_t at)
{
	const struct fold_token *t = token(s, at);
	size_t next;

	if (!is_number(t, 12))
		return false;
	if (at > 0 && words_k0_equals(token(s, at - 1), "grade"))
		return add(s, TRIAGE_GRADE, at, at, t->number);
	next = skip_hyphen(s, at + 1);
	next = skip_hyphen(s, skip_word(s, next, ordinals));
	return words_k1_starts(token(s, next), "angi") && add(s, TRIAGE_GRADE, at, next, t->number);
}

static bool try_under(struct search *s, size_t at)
{
	const struct fold_token *t = token(s, at);
	size_t next = skip_word(s, skip_hyphen(s, at + 1), years);

	if (!is_number(t, 18))
		return false;
	if (!words_k1_starts(token(s, next), "horego") && !words_k1_starts(token(s, next), "horehgo"))
		return false;
	return add(s, TRIAGE_UNDER, at, next, t->number);
}

/* The token that ends "настай", "years old" and their like, 0 if they do not stand at `at`. */
static size_t age_words_end(const struct search *s, size_t at)
{
	const struct fold_token *t = token(s, at);

	if (words_k0_is(t, years) || words_k0_equals(t, "yo") || words_k1_starts(t, "nasta") || words_k1_starts(t, "nasni"))
		return at;
	if (words_k0_is(t, year_words) && words_k0_equals(token(s, at + 1), "old"))
		return at + 1;
	if (words_k0_is(t, year_words) && is_mark(token(s, at + 1), '-') && words_k0_equals(token(s, at + 2), "old"))
		return at + 2;
	return 0;
}

static bool try_age(struct search *s, size_t at)
{
	const struct fold_token *t = token(s, at);
	size_t next = skip_word(s, skip_hyphen(s, at + 1), abouts), end;

	if (!is_number(t, 99))
		return false;
	if ((end = age_words_end(s, next)))
		return add(s, TRIAGE_AGE, at, end, t->number);
	return t->number >= 3 && words_k0_is(token(s, next), with_age) && add(s, TRIAGE_AGE, at, next, t->number);
}

static bool is_unit(const struct fold_token *t)
{
	return words_k0_is(t, english_units) || words_k1_starts_any(t, units);
}

static bool ends_clause(const struct search *s, size_t at)
{
	const struct fold_token *t = token(s, at);

	return !t || (t->kind == FOLD_MARK && t->mark != '-' && t->mark != '/' && t->mark != '%') || words_k0_is(t, clause_words);
}

static bool try_own(struct search *s, size_t at)
{
	const struct fold_token *t = token(s, at), *before = at > 0 ? token(s, at - 1) : NULL;

	if (!is_number(t, 17) || t->number < 3 || !before)
		return false;
	if (words_k0_is(before, self_words) && ends_clause(s, at + 1))
		return add(s, TRIAGE_AGE, at, at, t->number);
	if (words_k0_is(before, english_before) && !is_unit(token(s, at + 1)) && !is_mark(token(s, at + 1), ':')
	    && !is_mark(token(s, at + 1), '%'))
		return add(s, TRIAGE_AGE, at, at, t->number);
	if ((words_k0_is(before, told_before) || (s->is_child && s->is_child[at - 1])) && ends_clause(s, at + 1))
		return add(s, TRIAGE_AGE, at, at, t->number);
	if (is_mark(before, ',') && at > 1 && s->is_child && s->is_child[at - 2] && ends_clause(s, at + 1))
		return add(s, TRIAGE_AGE, at, at, t->number);
	return false;
}

static bool try_from(struct search *s, size_t at)
{
	const struct fold_token *t = token(s, at);
	size_t next = skip_hyphen(s, at + 1);

	if (!is_number(t, 17) || t->number < 3 || !words_k0_is(token(s, next), ablatives))
		return false;
	return words_k0_is(token(s, next + 1), upwards) && add(s, TRIAGE_FROM, at, next + 1, t->number);
}

/* 13, 14 настай: what leads to an age through commas and hyphens alone is one too. */
static void find_ranges(struct search *s)
{
	for (size_t at = s->text->count; at-- > 0; ) {
		const struct fold_token *t = token(s, at);
		size_t next = at + 1;
		if (!is_number(t, 17) || t->number < 3 || is_found(s, at))
			continue;
		while (is_mark(token(s, next), ',') || is_mark(token(s, next), '-') || words_k0_is(token(s, next), ablatives))
			next++;
		for (size_t i = 0; i < s->count; i++)
			if (s->ages[i].token == next && s->ages[i].kind == TRIAGE_AGE && s->text->tokens[next].kind == FOLD_NUMBER) {
				add(s, TRIAGE_AGE, at, next, t->number);
				break;
			}
	}
}

static int number_of_word(const struct fold_token *t)
{
	if (!t || t->kind != FOLD_WORD || t->k1.len > NUMBER_WORD_MAX)
		return 0;
	for (size_t i = 0; i < sizeof(number_words) / sizeof(number_words[0]); i++)
		if (number_words[i].k1[0] == t->k1.s[0] && strcmp(number_words[i].k1, t->k1.s) == 0)
			return number_words[i].number;
	return 0;
}

static void try_words(struct search *s, size_t at)
{
	int number = number_of_word(token(s, at)), tens;
	size_t end;

	if (number == 0 || (end = age_words_end(s, at + 1)) == 0)
		return;
	tens = number < 10 && at > 0 ? number_of_word(token(s, at - 1)) : 0;
	add(s, TRIAGE_AGE, at, end, (unsigned)(tens == 10 ? 10 + number : number));
}

size_t triage_find_ages(const struct fold_text *text, const bool *is_child, struct triage_age *ages)
{
	struct search s = { text, is_child, ages, 0 };

	for (size_t at = 0; at < text->count; at++) {
		if (text->tokens[at].kind == FOLD_WORD)
			try_words(&s, at);
		else if (text->tokens[at].kind == FOLD_NUMBER && text->tokens[at].letters <= 2)
			(void)(try_grade(&s, at) || try_under(&s, at) || try_age(&s, at) || try_own(&s, at) || try_from(&s, at));
	}
	if (s.count)
		find_ranges(&s);
	return s.count;
}

bool triage_age_is_minor(const struct triage_age *age)
{
	return age->kind != TRIAGE_AGE || age->number < 18;
}

const char *triage_age_name(enum triage_age_kind kind)
{
	static const char *const names[] = { "age", "grade", "under", "from" };

	return names[kind];
}
