#include "core/triage/weights.h"

#include <stdlib.h>
#include <string.h>

#define NARROW_MAX 256 /* so many weights of an octet fit into a narrow sum */
_Static_assert(NARROW_MAX * 127 <= INT16_MAX, "narrow sums");

struct sums {
	int32_t lane[TRIAGE_LANES];
};

/* The row of a feature; row 0, of zeros, where nothing is known of it: that is quicker than to branch. */
static inline const struct triage_weight_row *find(const struct triage_weights *w, uint64_t hash)
{
	size_t at = (size_t)hash & w->mask;

	while (w->slots[at].row && w->slots[at].tag != (uint32_t)(hash >> 32))
		at = (at + 1) & w->mask;
	return &w->rows[w->slots[at].row];
}

const struct triage_weight_row *triage_weights_find(const struct triage_weights *weights, uint64_t hash)
{
	const struct triage_weight_row *row = find(weights, hash);

	return row == weights->rows ? NULL : row;
}

static void add_row(struct sums *s, const struct triage_weight_row *row)
{
	for (size_t i = 0; i < TRIAGE_LANES; i++)
		s->lane[i] += row->half[i / TRIAGE_HALF][i % TRIAGE_HALF];
}

/* In narrow sums, which the processor adds eight at a time. */
static void add_features(const struct triage_weights *w, const struct triage_feature *features, size_t count, struct sums *s)
{
	for (size_t from = 0; from < count; from += NARROW_MAX) {
		size_t to = count - from > NARROW_MAX ? from + NARROW_MAX : count;
		struct triage_weight_row sum = { { { 0 }, { 0 } } };
		for (size_t i = from; i < to; i++) {
			const struct triage_weight_row *row = find(w, features[i].hash);
			sum.half[0] += row->half[0];
			sum.half[1] += row->half[1];
		}
		add_row(s, &sum);
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
		out->lane[i] = (int)((pieces->lane[i] * of_pieces + words->lane[i] * of_words) / TRIAGE_ROOT_ONE);
}

void triage_weigh(const struct triage_weights *weights, const struct fold_text *text, const uint8_t *facts, size_t fact_count,
	struct triage_scores *out)
{
	struct triage_feature features[TRIAGE_WORD_FEATURES];
	struct sums piece_sums = { { 0 } }, word_sums = { { 0 } }, fact_sums = { { 0 } };
	size_t piece_count = 0, word_count = 0, pieces, count;

	for (size_t word = 0; word < text->word_count && word < TRIAGE_FEATURE_WORDS_MAX; word++) {
		count = triage_features_of_word(text, word, features, &pieces);
		add_features(weights, features, pieces, &piece_sums);
		add_features(weights, features + pieces, count - pieces, &word_sums);
		piece_count += pieces;
		word_count += count - pieces;
	}
	for (size_t i = 0; i < fact_count; i++)
		add_row(&fact_sums, &weights->facts[facts[i]]);
	add_up(weights, &piece_sums, piece_count, &word_sums, word_count, out);
	for (size_t i = 0; i < TRIAGE_LANES; i++)
		out->lane[i] += fact_sums.lane[i] + weights->bias[i];
}

static int lane_of(const struct triage_weight_row *row, enum triage_lane lane)
{
	return row->half[lane / TRIAGE_HALF][lane % TRIAGE_HALF];
}

/* How many features of each kind a text has. */
static void count_features(const struct fold_text *text, size_t *piece_count, size_t *word_count)
{
	struct triage_feature features[TRIAGE_WORD_FEATURES];
	size_t pieces;

	*piece_count = *word_count = 0;
	for (size_t word = 0; word < text->word_count && word < TRIAGE_FEATURE_WORDS_MAX; word++) {
		size_t count = triage_features_of_word(text, word, features, &pieces);
		*piece_count += pieces;
		*word_count += count - pieces;
	}
}

static struct triage_learned_word weigh_word(const struct triage_weights *w, const struct fold_text *text, size_t word, int piece_root,
	int word_root)
{
	const struct fold_token *token = &text->tokens[text->words[word]];
	struct triage_learned_word out = { .start = token->start, .end = token->end };
	struct triage_feature features[TRIAGE_WORD_FEATURES];
	size_t pieces, count = triage_features_of_word(text, word, features, &pieces);
	int most = 0;

	for (size_t i = 0; i < count; i++) {
		const struct triage_weight_row *row = triage_weights_find(w, features[i].hash);
		int root = i < pieces ? piece_root : word_root;
		if (!row)
			continue;
		out.tip += lane_of(row, TRIAGE_LANE_TIP) * root;
		out.urgent += lane_of(row, TRIAGE_LANE_URGENT) * root;
		if (abs(lane_of(row, TRIAGE_LANE_TIP)) * root >= most) {
			most = abs(lane_of(row, TRIAGE_LANE_TIP)) * root;
			out.piece = w->pool + w->names[row - w->rows];
		}
	}
	out.tip /= TRIAGE_ROOT_ONE;
	out.urgent /= TRIAGE_ROOT_ONE;
	return out;
}

size_t triage_weigh_words(const struct triage_weights *weights, const struct fold_text *text, struct triage_learned_word *out,
	size_t max)
{
	size_t piece_count, word_count, kept = 0;

	count_features(text, &piece_count, &word_count);
	for (size_t word = 0; word < text->word_count && word < TRIAGE_FEATURE_WORDS_MAX; word++) {
		struct triage_learned_word one = weigh_word(weights, text, word, root_of(weights, piece_count), root_of(weights, word_count));
		size_t at = kept;
		if (!one.piece)
			continue;
		while (at > 0 && abs(one.tip) > abs(out[at - 1].tip))
			at--;
		if (at == max)
			continue;
		kept += kept < max;
		memmove(&out[at + 1], &out[at], (kept - at - 1) * sizeof(one));
		out[at] = one;
	}
	return kept;
}
