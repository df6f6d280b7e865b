#include "core/triage/features.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define EDGE '_'
#define WHOLE '='
#define LEN_WHOLE 0
#define LEN_PAIR 1

/* FNV-1a, because it goes on letter by letter: a piece is the one before it and a letter. */
#define HASH_BEGIN UINT64_C(0xcbf29ce484222325)
#define HASH_PRIME UINT64_C(0x100000001b3)

static inline uint64_t hash_add(uint64_t hash, char c)
{
	return (hash ^ (uint8_t)c) * HASH_PRIME;
}

static uint64_t hash_word(uint64_t hash, const struct fold_key *key)
{
	hash = hash_add(hash, WHOLE);
	for (size_t i = 0; i < key->len; i++)
		hash = hash_add(hash, key->s[i]);
	return hash;
}

static const struct fold_key *key_of(const struct fold_text *text, size_t word)
{
	return &text->tokens[text->words[word]].k1;
}

/* The key between two edges; returns how many symbols. */
static size_t with_edges(const struct fold_key *key, char out[TRIAGE_WORD_SYMBOLS])
{
	size_t len = key->len < TRIAGE_WORD_SYMBOLS - 2 ? key->len : TRIAGE_WORD_SYMBOLS - 2;

	out[0] = EDGE;
	memcpy(out + 1, key->s, len);
	out[len + 1] = EDGE;
	return len + 2;
}

size_t triage_features_of_word(const struct fold_text *text, size_t word, struct triage_feature *out, size_t *pieces)
{
	char symbols[TRIAGE_WORD_SYMBOLS];
	size_t len = with_edges(key_of(text, word), symbols), count = 0;
	uint64_t whole;

	for (size_t from = 0; from + TRIAGE_PIECE_MIN <= len; from++) {
		uint64_t hash = HASH_BEGIN;
		for (size_t n = 1; n <= TRIAGE_PIECE_MAX && from + n <= len; n++) {
			hash = hash_add(hash, symbols[from + n - 1]);
			if (n >= TRIAGE_PIECE_MIN)
				out[count++] = (struct triage_feature){ hash, (uint8_t)from, (uint8_t)n };
		}
	}
	*pieces = count;
	whole = hash_word(HASH_BEGIN, key_of(text, word));
	out[count++] = (struct triage_feature){ whole, 0, LEN_WHOLE };
	if (word + 1 < text->word_count)
		out[count++] = (struct triage_feature){ hash_word(whole, key_of(text, word + 1)), 0, LEN_PAIR };
	return count;
}

uint64_t triage_feature_hash(const char *name)
{
	uint64_t hash = HASH_BEGIN;

	for (; *name; name++)
		hash = hash_add(hash, *name);
	return hash;
}

void triage_feature_name(const struct fold_text *text, size_t word, const struct triage_feature *feature, char *out, size_t max)
{
	char symbols[TRIAGE_WORD_SYMBOLS + 1], name[2 * TRIAGE_WORD_SYMBOLS + 3];
	size_t len = with_edges(key_of(text, word), symbols);

	symbols[len] = '\0';
	if (feature->len > LEN_PAIR)
		snprintf(name, sizeof(name), "%.*s", feature->len, symbols + feature->from);
	else
		snprintf(name, sizeof(name), "=%s%s%s", key_of(text, word)->s, feature->len == LEN_PAIR ? "=" : "",
			feature->len == LEN_PAIR ? key_of(text, word + 1)->s : "");
	hl_strlcpy(out, max, name);
}
