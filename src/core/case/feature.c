#include "core/case/feature.h"

#include <stdio.h>
#include <string.h>

#include "text/fold.h"

#define SHINGLES_MAX 400 /* pairs of words that are looked at */
#define SHINGLE_MAX 96   /* octets of one */

/* Numbers of schools, houses and rooms; smaller ones count people and days. */
#define PLACE_NUMBER_MIN 10
#define PLACE_NUMBER_MAX 9999
#define PLACE_LETTERS_MIN 3
#define PLACE_LETTERS 5 /* of the word: what follows is an ending */
#define NEXT_TOKENS 3

struct making {
	feature_hash hash;
	void *arg;
	struct features *out;
};

static void add_place(struct making *m, const char *place)
{
	struct feature *f = &m->out->list[m->out->count++];

	f->kind = FEATURE_PLACE;
	m->hash(m->arg, place, strlen(place), f->hash);
}

/* ---- places ------------------------------------------------------------------------------------------------ */

/* A number that is an age says nothing of a place. */
static bool is_age(const struct triage_verdict *v, const struct fold_token *t)
{
	for (size_t i = 0; i < v->cue_count; i++)
		if (v->cues[i].category == TRIAGE_CAT_AGE && t->start >= v->cues[i].start && t->end <= v->cues[i].end)
			return true;
	return false;
}

/* The word that a number goes with: the next one, as in "14-р сургууль", or else the one before, as in "school 14". */
static const struct fold_token *word_of(const struct fold_text *f, size_t at)
{
	for (size_t i = at + 1; i < f->count && i <= at + NEXT_TOKENS; i++)
		if (f->tokens[i].kind == FOLD_WORD && f->tokens[i].letters >= PLACE_LETTERS_MIN)
			return &f->tokens[i];
	return at > 0 && f->tokens[at - 1].kind == FOLD_WORD && f->tokens[at - 1].letters >= PLACE_LETTERS_MIN ? &f->tokens[at - 1]
		: NULL;
}

static void add_places(struct making *m, const struct fold_text *f, const struct triage_verdict *v)
{
	char text[160];

	if (!v->district[0])
		return;
	if (v->khoroo) {
		snprintf(text, sizeof(text), "place/%s/%d", v->district, v->khoroo);
		add_place(m, text);
	}
	for (size_t i = 0; i < f->count && m->out->count < FEATURE_PLACES_MAX; i++) {
		const struct fold_token *t = &f->tokens[i], *word;
		if (t->kind != FOLD_NUMBER || t->number < PLACE_NUMBER_MIN || t->number > PLACE_NUMBER_MAX || is_age(v, t))
			continue;
		word = word_of(f, i);
		if (!word)
			continue;
		snprintf(text, sizeof(text), "place/%s/%.*s/%u", v->district, PLACE_LETTERS, word->k1.s, t->number);
		add_place(m, text);
	}
}

/* ---- words ------------------------------------------------------------------------------------------------- */

static uint64_t number_of(const uint8_t *octets)
{
	uint64_t n;

	memcpy(&n, octets, sizeof(n));
	return n;
}

/* The hash of two words that follow each other, as two numbers. */
static void shingle(const struct making *m, const struct fold_token *a, const struct fold_token *b, uint64_t h[2])
{
	uint8_t hash[FEATURE_HASH];
	char text[SHINGLE_MAX];
	int len = snprintf(text, sizeof(text), "%.40s %.40s", a->k1.s, b->k1.s);

	m->hash(m->arg, text, (size_t)len, hash);
	h[0] = number_of(hash);
	h[1] = number_of(hash + 8) | 1;
}

/* The least of each of FEATURE_SKETCH orders of the pairs; two texts share one with the probability that a pair of either is of
 * both. What it is found by is such a number with its order: it comes out of the keyed hash, and tells no more than that. */
static void add_words(struct making *m, const struct fold_text *f)
{
	uint64_t least[FEATURE_SKETCH], h[2];

	if (f->word_count < FEATURE_WORDS_MIN)
		return;
	memset(least, 0xff, sizeof(least));
	for (size_t i = 0; i + 1 < f->word_count && i < SHINGLES_MAX; i++) {
		shingle(m, &f->tokens[f->words[i]], &f->tokens[f->words[i + 1]], h);
		for (size_t order = 0; order < FEATURE_SKETCH; order++)
			if (h[0] + order * h[1] < least[order])
				least[order] = h[0] + order * h[1];
	}
	for (size_t order = 0; order < FEATURE_SKETCH; order++)
		m->out->sketch[order] = (uint32_t)least[order];
	for (size_t order = 0; order < FEATURE_FOUND_BY; order++) {
		struct feature *w = &m->out->list[m->out->count++];
		*w = (struct feature){ .kind = FEATURE_WORDS };
		w->hash[0] = (uint8_t)order;
		memcpy(w->hash + 1, &least[order], sizeof(least[order]));
	}
}

void feature_make(const char *text, size_t len, const struct triage_verdict *v, feature_hash hash, void *arg, struct features *out)
{
	struct making m = { hash, arg, out };
	struct fold_text folded;

	memset(out, 0, sizeof(*out));
	fold_text_open(&folded, text, len);
	add_places(&m, &folded, v);
	add_words(&m, &folded);
	fold_text_close(&folded);
}

/* ---- comparing --------------------------------------------------------------------------------------------- */

int feature_shared(const uint32_t a[FEATURE_SKETCH], const uint32_t b[FEATURE_SKETCH])
{
	int n = 0;

	for (size_t i = 0; i < FEATURE_SKETCH; i++)
		n += a[i] == b[i];
	return n;
}

static int is_unclear(enum triage_exploitation e)
{
	return e == TRIAGE_EXPL_UNCLEAR || e == TRIAGE_EXPL_NONE;
}

enum feature_verdict feature_decide(const struct feature_match *m)
{
	if (m->words >= FEATURE_SKETCH_SAME)
		return FEATURE_SAME_TEXT;
	if (m->places > 0 && (m->own == m->other || is_unclear(m->own) || is_unclear(m->other)))
		return FEATURE_SAME_PLACE;
	return FEATURE_OTHER;
}
