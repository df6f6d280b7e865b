#include "core/triage/match.h"

#include <string.h>

struct finder {
	const struct triage_rules *rules;
	const struct fold_text *text;
	struct triage_match *matches;
	size_t count;
	/* How the words begin that may come second in a phrase, on each key, the nearest last; see triage_begin_bit. */
	uint64_t begins[TRIAGE_LAYERS][TRIAGE_PHRASE_GAP + 1];
	uint64_t next;                    /* all of them on the key that is walked */
	bool negative;                    /* the word that is walked */
	const struct fold_token *rounded; /* whose rounding it is */
	char rounding[FOLD_LETTERS_MAX + 1];
};

static const struct fold_key *key_of(const struct fold_token *word, enum triage_layer layer)
{
	return layer == TRIAGE_K0 ? &word->k0 : layer == TRIAGE_K1 ? &word->k1 : &word->k2;
}

static const struct fold_token *word_at(const struct finder *f, size_t index)
{
	return &f->text->tokens[f->text->words[index]];
}

static bool ends_with(const struct fold_key *key, const struct fold_key *ending)
{
	if (key->len < ending->len + TRIAGE_STEM_MIN)
		return false;
	for (size_t i = 0; i < ending->len; i++)
		if (key->s[key->len - 1 - i] != ending->s[i])
			return false;
	return true;
}

bool triage_part_fits(const struct triage_part *part, enum triage_layer layer, const struct fold_token *word)
{
	const struct fold_key *key = key_of(word, layer);

	if (part->suffix)
		return ends_with(key, &part->key) && (!part->negative || word->negative);
	if (key->len < part->key.len || (!part->prefix && key->len != part->key.len) || (part->negative && !word->negative))
		return false;
	return memcmp(key->s, part->key.s, part->key.len) == 0;
}

/* The clean-text guard: a sender who tells о ө у ү apart means the one that is written. */
static bool guard_passes(struct finder *f, const struct triage_rule *rule, size_t part, const struct fold_token *word)
{
	const char *want = rule->parts[part].rounding;

	if (!rule->guarded || rule->parts[part].suffix || !f->text->clean || !word->cyrillic)
		return true;
	if (f->rounded != word)
		fold_rounding(word->k0, f->rounding, sizeof(f->rounding));
	f->rounded = word;
	return strncmp(f->rounding, want, strlen(want)) == 0;
}

/* The index of the word that ends the phrase whose parts before `part` end at word `at`; 0 if it is not there. */
static size_t rest_of_phrase(struct finder *f, const struct triage_rule *rule, size_t part, size_t at)
{
	if (part == rule->part_count)
		return at;
	for (size_t next = at + 1; next <= at + 1 + rule->gap && next < f->text->word_count; next++) {
		const struct fold_token *word = word_at(f, next);
		size_t end;
		if (!triage_part_fits(&rule->parts[part], rule->layer, word) || !guard_passes(f, rule, part, word))
			continue;
		if ((end = rest_of_phrase(f, rule, part + 1, next)))
			return end;
	}
	return 0;
}

static bool already_matched(const struct finder *f, const struct triage_rule *rule, size_t word)
{
	for (size_t i = f->count; i-- > 0; ) {
		const struct triage_match *m = &f->matches[i];
		if (m->rule->category == rule->category && m->first <= word && m->last >= word)
			return true;
	}
	return false;
}

static void try_rule(struct finder *f, const struct triage_rule *rule, size_t word)
{
	size_t last = word;

	if (!guard_passes(f, rule, 0, word_at(f, word)))
		return;
	if (rule->part_count > 1 && (last = rest_of_phrase(f, rule, 1, word)) == 0)
		return;
	/* The skeleton is the last resort. */
	if (rule->layer == TRIAGE_K2 && already_matched(f, rule, word))
		return;
	if (f->count < TRIAGE_MATCHES_MAX)
		f->matches[f->count++] = (struct triage_match){ rule, (uint32_t)word, (uint32_t)last };
}

/* What the trie tells of a rule turns most of them down. */
static void try_values(struct finder *f, const struct trie *trie, const struct trie_node *n, size_t word, bool whole)
{
	for (uint32_t v = 0; v < n->value_count; v++) {
		uint32_t value = trie->values[n->first_value + v];
		if ((value & TRIAGE_VALUE_WHOLE) && !whole)
			return; /* and so are all that follow */
		if (!(f->next >> (value >> TRIAGE_VALUE_NEXT_SHIFT & TRIAGE_VALUE_NEXT) & 1))
			continue;
		if ((value & TRIAGE_VALUE_NEGATIVE) && !f->negative)
			continue;
		try_rule(f, &f->rules->rules[value & TRIAGE_VALUE_RULE], word);
	}
}

/* One more word comes into sight, and the nearest goes out of it. */
static void look_ahead(struct finder *f, size_t seen)
{
	for (enum triage_layer layer = TRIAGE_K0; layer <= TRIAGE_K2; layer++) {
		uint64_t *begins = f->begins[layer];
		for (size_t i = TRIAGE_PHRASE_GAP; i > 0; i--)
			begins[i] = begins[i - 1];
		begins[0] = seen < f->text->word_count ? triage_begin_bit(key_of(word_at(f, seen), layer)->s) : 0;
	}
}

static uint64_t begin_bits(const struct finder *f, enum triage_layer layer)
{
	uint64_t bits = UINT64_C(1) << TRIAGE_NEXT_ANY;

	for (size_t i = 0; i <= TRIAGE_PHRASE_GAP; i++)
		bits |= f->begins[layer][i];
	return bits;
}

static void walk(struct finder *f, enum triage_layer layer, size_t word)
{
	const struct trie *trie = &f->rules->tries[layer];
	const struct fold_key *key = key_of(word_at(f, word), layer);
	uint32_t node = 0;

	for (size_t i = 0; i < key->len; i++) {
		const struct trie_node *n;
		if ((node = trie_step(trie, node, (uint8_t)key->s[i])) == 0)
			return;
		n = &trie->nodes[node];
		if (n->value_count)
			try_values(f, trie, n, word, i + 1 == key->len);
	}
}

/* The same from the last letter on, for the rules that are endings. */
static void walk_back(struct finder *f, enum triage_layer layer, size_t word)
{
	const struct trie *trie = &f->rules->endings[layer];
	const struct fold_key *key = key_of(word_at(f, word), layer);
	uint32_t node = 0;

	for (size_t i = trie->node_count > 1 ? key->len : 0; i > TRIAGE_STEM_MIN; i--) {
		const struct trie_node *n;
		if ((node = trie_step(trie, node, (uint8_t)key->s[i - 1])) == 0)
			return;
		n = &trie->nodes[node];
		if (n->value_count)
			try_values(f, trie, n, word, false);
	}
}

size_t triage_match_text(const struct triage_rules *rules, const struct fold_text *text, struct triage_match *matches)
{
	struct finder f = { .rules = rules, .text = text, .matches = matches };

	for (size_t seen = 1; seen <= TRIAGE_PHRASE_GAP; seen++)
		look_ahead(&f, seen);
	for (size_t word = 0; word < text->word_count; word++) {
		look_ahead(&f, word + 1 + TRIAGE_PHRASE_GAP);
		f.negative = word_at(&f, word)->negative;
		for (enum triage_layer layer = TRIAGE_K0; layer <= TRIAGE_K2; layer++) {
			f.next = begin_bits(&f, layer);
			walk(&f, layer, word);
			walk_back(&f, layer, word);
		}
	}
	return f.count;
}
