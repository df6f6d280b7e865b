#include "core/contacts/words.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "text/fold.h"

#define PLACE_SIZE 96     /* octets of what may stand behind START */

static bool same_key(struct fold_key a, struct fold_key b)
{
	return a.len == b.len && memcmp(a.s, b.s, a.len) == 0;
}

/* Whether the word is one of the list, by what is left of both once look-alike letters are put right. */
static bool is_one_of(const struct fold_token *word, const char *list)
{
	struct fold_text words;
	bool found = false;

	fold_text_open(&words, list, strlen(list));
	for (size_t i = 0; i < words.word_count && !found; i++)
		found = same_key(word->k0, words.tokens[words.words[i]].k0);
	fold_text_close(&words);
	return found;
}

/* Nothing but marks that end a sentence. */
static bool only_ends(const struct fold_text *text, size_t from)
{
	for (size_t i = from; i < text->count; i++)
		if (text->tokens[i].kind != FOLD_MARK || !strchr(".!,\n", text->tokens[i].mark))
			return false;
	return true;
}

/* The word is known as a place, and as nothing else. */
static bool is_place(const struct triage_verdict *v, const struct fold_token *t)
{
	bool place = false;

	for (size_t i = 0; i < v->cue_count; i++) {
		const struct triage_cue *c = &v->cues[i];
		if (c->start >= t->end || c->end <= t->start)
			continue;
		if (c->category != TRIAGE_CAT_PLACE)
			return false;
		place = true;
	}
	return place;
}

/* Nothing but a place: its words, the number of a khoroo, and the letter behind that. */
static bool only_place(const struct triage_rules *rules, const char *text, size_t len, char district[SUBSCRIBER_DISTRICT_SIZE])
{
	char beside[PLACE_SIZE + 16];
	struct triage_verdict v;
	struct fold_text folded;
	bool is = len > 0 && len < PLACE_SIZE;

	if (!is)
		return false;
	/* an abbreviation that is a word, too, is one of a place only beside another */
	snprintf(beside, sizeof(beside), "%.*s дүүрэг", (int)len, text);
	triage_classify(rules, beside, strlen(beside), &v);
	fold_text_open(&folded, text, len);
	for (size_t i = 0; i < folded.count && is; i++) {
		const struct fold_token *t = &folded.tokens[i];
		is = t->kind == FOLD_WORD ? t->letters == 1 || is_place(&v, t) : t->kind == FOLD_NUMBER ? t->letters <= 2 : t->mark != '?';
	}
	fold_text_close(&folded);
	if (is)
		hl_strlcpy(district, SUBSCRIBER_DISTRICT_SIZE, v.district);
	return is && v.district[0];
}

enum contacts_word contacts_word_read(const struct contacts_words *words, const struct triage_rules *rules, const char *text, size_t len,
	char district[SUBSCRIBER_DISTRICT_SIZE])
{
	enum contacts_word is = CONTACTS_NO_WORD;
	const struct fold_token *first;
	struct fold_text folded;

	district[0] = '\0';
	fold_text_open(&folded, text, len);
	first = folded.count && !folded.other_letters ? &folded.tokens[0] : NULL;
	if (first && first->kind == FOLD_WORD) {
		if (only_ends(&folded, 1))
			is = is_one_of(first, words->stop) ? CONTACTS_STOP : is_one_of(first, words->start) ? CONTACTS_START : CONTACTS_NO_WORD;
		else if (is_one_of(first, words->start) && only_place(rules, text + first->end, len - first->end, district))
			is = CONTACTS_START;
	}
	fold_text_close(&folded);
	return is;
}

bool contacts_word_is_bare(const char *text, size_t len)
{
	struct fold_text folded;
	bool bare;

	fold_text_open(&folded, text, len);
	bare = folded.signs == 0;
	fold_text_close(&folded);
	return bare;
}

/* Cyrillic, or any other that is not Latin: two octets or more in UTF-8. */
static bool has_other_letters(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return true;
	return false;
}

/* Of the two ways to write Mongolian the letters tell which. That somebody reads Mongolian is known where a list said so; who joined by a text was
 * guessed from it, and this guess is as good. */
enum triage_script contacts_word_script(const char *text, size_t len, enum triage_script guess, const struct subscriber_row *listed)
{
	static const enum triage_script mongolian[SUBSCRIBER_SCRIPTS] = { TRIAGE_SCRIPT_CYRILLIC, TRIAGE_SCRIPT_LATIN };

	if (!listed || has_other_letters(text, len))
		return guess;
	if (listed->language == SUBSCRIBER_EN)
		return TRIAGE_SCRIPT_ENGLISH;
	return guess == TRIAGE_SCRIPT_ENGLISH && listed->import_id && (unsigned)listed->script < SUBSCRIBER_SCRIPTS ? mongolian[listed->script] : guess;
}
