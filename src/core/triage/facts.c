#include "core/triage/facts.h"

#include <stdio.h>
#include <string.h>

/* The facts by number: some of the text itself, then two of each category of cues, then one of each flag, then
 * one of each field of meaning. */
enum fact {
	ASKS, CALLS, CYRILLIC, LATIN, MIXED, ONE_LETTER, SINGLE_DIGIT, TWO_DIGITS, THREE_DIGITS, FOUR_DIGITS, MANY_DIGITS,
	WORDS_1, WORDS_2, WORDS_4, WORDS_8, WORDS_16, WORDS_32, WORDS_MORE,
	MINOR, ADULT, CHILD, PLACE, KHOROO, TEXT_FACTS
};

static const char *const names[TEXT_FACTS] = {
	[ASKS] = "@asks", [CALLS] = "@calls", [CYRILLIC] = "@cyrillic", [LATIN] = "@latin", [MIXED] = "@mixed", [ONE_LETTER] = "@one-letter",
	[SINGLE_DIGIT] = "@digits-1", [TWO_DIGITS] = "@digits-2", [THREE_DIGITS] = "@digits-3", [FOUR_DIGITS] = "@digits-4",
	[MANY_DIGITS] = "@digits-more", [WORDS_1] = "@words-1", [WORDS_2] = "@words-2", [WORDS_4] = "@words-4", [WORDS_8] = "@words-8",
	[WORDS_16] = "@words-16", [WORDS_32] = "@words-32", [WORDS_MORE] = "@words-more", [MINOR] = "@minor", [ADULT] = "@adult",
	[CHILD] = "@child", [PLACE] = "@place", [KHOROO] = "@khoroo",
};

#define FLAGS 31
#define SOME_BASE TEXT_FACTS
#define MUCH_BASE (SOME_BASE + TRIAGE_CATEGORIES)
#define FLAG_BASE (MUCH_BASE + TRIAGE_CATEGORIES)
#define FIELD_BASE (FLAG_BASE + FLAGS)
_Static_assert(FIELD_BASE + TRIAGE_FIELDS_MAX <= TRIAGE_FACTS_MAX, "facts");

#define MUCH 3

static enum fact length_of(const struct fold_text *text)
{
	static const struct { size_t words; enum fact fact; } rows[] = {
		{ 1, WORDS_1 }, { 2, WORDS_2 }, { 4, WORDS_4 }, { 8, WORDS_8 }, { 16, WORDS_16 }, { 32, WORDS_32 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text->word_count <= rows[i].words)
			return rows[i].fact;
	return WORDS_MORE;
}

static void note_tokens(const struct fold_text *text, bool has[TEXT_FACTS])
{
	bool cyrillic = false, latin = false;

	for (size_t i = 0; i < text->count; i++) {
		const struct fold_token *t = &text->tokens[i];
		if (t->kind == FOLD_WORD) {
			cyrillic |= t->cyrillic;
			latin |= !t->cyrillic;
			has[ONE_LETTER] |= t->letters == 1;
		} else if (t->kind == FOLD_NUMBER) {
			has[SINGLE_DIGIT + (t->letters < 5 ? t->letters - 1 : 4)] = true;
		} else {
			has[ASKS] |= t->mark == '?';
			has[CALLS] |= t->mark == '!';
		}
	}
	has[MIXED] = cyrillic && latin;
	has[CYRILLIC] = cyrillic && !latin;
	has[LATIN] = latin && !cyrillic;
}

/* Without a branch: what is not there is written over. */
static size_t put_if(uint8_t *out, size_t fact, bool there)
{
	*out = (uint8_t)fact;
	return there;
}

static size_t find_in_text(const struct triage_evidence *e, uint8_t *out)
{
	bool has[TEXT_FACTS] = { false };
	size_t count = 0;

	note_tokens(e->text, has);
	has[length_of(e->text)] = true;
	has[MINOR] = e->minor;
	has[ADULT] = e->adult;
	has[CHILD] = e->child;
	has[PLACE] = e->place.match != NULL;
	has[KHOROO] = e->place.khoroo != 0;
	for (size_t i = 0; i < TEXT_FACTS; i++)
		count += put_if(out + count, i, has[i]);
	return count;
}

size_t triage_facts_find(const struct triage_evidence *e, uint8_t *out)
{
	size_t count = find_in_text(e, out);

	for (size_t i = 0; i < TRIAGE_CATEGORIES; i++) {
		count += put_if(out + count, SOME_BASE + i, e->sum[i] > 0);
		count += put_if(out + count, MUCH_BASE + i, e->sum[i] >= MUCH);
	}
	for (uint32_t left = e->flags; left; left &= left - 1)
		out[count++] = (uint8_t)(FLAG_BASE + (size_t)__builtin_ctz(left));
	for (size_t i = 0; i < TRIAGE_FIELD_WORDS; i++)
		for (uint64_t left = e->fields.bits[i]; left; left &= left - 1)
			out[count++] = (uint8_t)(FIELD_BASE + 64 * i + (size_t)__builtin_ctzll(left));
	return count;
}

static const char *const flag_names[FLAGS] = {
	"context", "english", "hint", "girl", "interest", "loan", "now", "still", "soon", "days", "held", "taken", "hurt", "harm",
	"missing", "left", "neglect", "hearsay", "vague", "past", "retract", "me", "kin", "witness", "follow-up", "strong", "asks",
	"polite", "hedge", "home", "cry",
};

static bool put(char out[TRIAGE_FACT_NAME_MAX], const char *group, const char *name, const char *more)
{
	snprintf(out, TRIAGE_FACT_NAME_MAX, "@%s:%s%s", group, name, more);
	return true;
}

bool triage_fact_name(const struct triage_rules *rules, size_t fact, char out[TRIAGE_FACT_NAME_MAX])
{
	if (fact >= FIELD_BASE + rules->field_count)
		return false;
	if (fact >= FIELD_BASE)
		return put(out, "field", rules->fields[fact - FIELD_BASE].name, "");
	if (fact >= FLAG_BASE)
		return put(out, "flag", flag_names[fact - FLAG_BASE], "");
	if (fact >= MUCH_BASE)
		return put(out, "cue", triage_category_name((enum triage_category)(fact - MUCH_BASE)), "+");
	if (fact >= SOME_BASE)
		return put(out, "cue", triage_category_name((enum triage_category)(fact - SOME_BASE)), "");
	snprintf(out, TRIAGE_FACT_NAME_MAX, "%s", names[fact]);
	return true;
}
