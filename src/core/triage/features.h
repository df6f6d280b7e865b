/* What is learned about: pieces of the words of a folded text, each as a number that its name makes. Learning and serving
 * both take them from here, so that they can never differ. Pure; decides nothing. Internal to triage.
 *
 * The name of a piece: "_abc" are letters of a word's K1 key, "_" its edge; "=word" is a whole word, "=one=two" are two that
 * stand side by side; "@..." is a fact of the whole text. */
#ifndef HL_CORE_TRIAGE_FEATURES_H
#define HL_CORE_TRIAGE_FEATURES_H

#include <stddef.h>
#include <stdint.h>

#include "text/fold.h"

#define TRIAGE_PIECE_MIN 2 /* letters, edges among them */
#define TRIAGE_PIECE_MAX 4
/* Symbols of K1: twice the letters at most, and both edges. */
#define TRIAGE_WORD_SYMBOLS (2 * FOLD_LETTERS_MAX + 32)
/* Of one word: pieces of each length, the word, and the pair. */
#define TRIAGE_WORD_FEATURES ((TRIAGE_PIECE_MAX - TRIAGE_PIECE_MIN + 1) * TRIAGE_WORD_SYMBOLS + 2)
/* Words past this one are not looked at: no message of a person is so long. */
#define TRIAGE_FEATURE_WORDS_MAX 512
#define TRIAGE_FEATURE_NAME_MAX 48

struct triage_feature {
	uint64_t hash;
	uint8_t from, len; /* of a piece: the symbols of the word with its edges; len 0: the whole word, 1: with the next one */
};

/* Fills out[TRIAGE_WORD_FEATURES] of word index `word` and returns how many there are: pieces first, then *pieces is their
 * number; then the whole word and its pair. */
size_t triage_features_of_word(const struct fold_text *text, size_t word, struct triage_feature *out, size_t *pieces);

/* The number of a name, as the features have it. */
uint64_t triage_feature_hash(const char *name);

/* Writes the name of a feature of a word, cut where it is too long. */
void triage_feature_name(const struct fold_text *text, size_t word, const struct triage_feature *feature, char *out, size_t max);

#endif
