#include "core/triage/weights.h"

#include <stdlib.h>
#include <string.h>

#define FLUSH_EVERY 256 /* so many int8_t fit into an int16_t */
_Static_assert(FLUSH_EVERY * 127 <= INT16_MAX, "sums of a word");

/* Narrow sums, which the processor adds eight at a time, and the wide ones they are emptied into. */
struct sums {
	int16_t narrow[TRIAGE_LANES];
	int32_t wide[TRIAGE_LANES];
	unsigned added; /* since they were emptied */
};

static void flush(struct sums *s)
{
	for (size_t i = 0; i < TRIAGE_LANES; i++) {
		s->wide[i] += s->narrow[i];
		s->narrow[i] = 0;
	}
	s->added = 0;
}

static inline void add(struct sums *s, const struct triage_weight_row *row)
{
	for (size_t i = 0; i < TRIAGE_LANES; i++)
		s->narrow[i] = (int16_t)(s->narrow[i] + row->lane[i]);
	if (++s->added == FLUSH_EVERY)
		flush(s);
}

static inline const struct triage_weight_row *find(const struct triage_weights *w, uint64_t hash)
{
	size_t at = (size_t)hash & w->mask;

	while (w->slots[at].row) {
		if (w->slots[at].tag == (uint32_t)(hash >> 32))
			return &w->rows[w->slots[at].row - 1];
		at = (at + 1) & w->mask;
	}
	return NULL;
}

const struct triage_weight_row *triage_weights_find(const struct triage_weights *weights, uint64_t hash)
{
	return find(weights, hash);
}

static void add_features(const struct triage_weights *w, const struct triage_feature *features, size_t count, struct sums *s)
{
	for (size_t i = 0; i < count; i++) {
		const struct triage_weight_row *row = find(w, features[i].hash);
		if (row)
			add(s, row);
	}
}

static int root_of(const struct triage_weights *w, size_t count)
{
	return w->root[count < TRIAGE_ROOTS ? count : TRIAGE_ROOTS - 1];
}

static void add_up(const struct triage_weights *w, const struct sums *pieces, size_t piece_count, const struct sums *words,
	size_t word_count, struct triage_scores *out)
{
	int64_t of_pieces = root_of(w, piece_count), of_words = root_of(w, word_count);

	for (size_t i = 0; i < TRIAGE_LANES; i++)
		out->lane[i] = (int)((pieces->wide[i] * of_pieces + words->wide[i] * of_words) / TRIAGE_ROOT_ONE);
}

void triage_weigh(const struct triage_weights *weights, const struct fold_text *text, const uint8_t *facts, size_t fact_count,
	struct triage_scores *out)
{
	struct triage_feature features[TRIAGE_WORD_FEATURES];
	struct sums piece_sums = { .added = 0 }, word_sums = { .added = 0 }, fact_sums = { .added = 0 };
	size_t piece_count = 0, word_count = 0, pieces, count;

	for (size_t word = 0; word < text->word_count && word < TRIAGE_FEATURE_WORDS_MAX; word++) {
		count = triage_features_of_word(text, word, features, &pieces);
		add_features(weights, features, pieces, &piece_sums);
		add_features(weights, features + pieces, count - pieces, &word_sums);
		piece_count += pieces;
		word_count += count - pieces;
	}
	for (size_t i = 0; i < fact_count; i++)
		add(&fact_sums, &weights->facts[facts[i]]);
	flush(&piece_sums);
	flush(&word_sums);
	flush(&fact_sums);
	add_up(weights, &piece_sums, piece_count, &word_sums, word_count, out);
	for (size_t i = 0; i < TRIAGE_LANES; i++)
		out->lane[i] += fact_sums.wide[i] + weights->bias[i];
}
