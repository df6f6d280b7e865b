/* An index of keys: walking a word's key letter by letter finds every key it begins with, and stops where none is left, so
 * that the cost of a word does not grow with the number of rules. Built once; the values of a key are a run in values.
 *
 * The nodes stand in one array, woven so that the child of a node by a symbol is at the node's base + symbol: a step is one
 * look, without a search. No two nodes share a base, so that the symbol which a place holds tells whose child stands there. */
#ifndef HL_CORE_TRIAGE_TRIE_H
#define HL_CORE_TRIAGE_TRIE_H

#include <stddef.h>
#include <stdint.h>

struct trie_entry {
	const char *key; /* not empty, without a NUL */
	uint16_t len;
	uint32_t value;
};

struct trie_node {
	uint32_t base;        /* 0: no children */
	uint32_t first_value;
	uint16_t value_count;
	uint8_t symbol;       /* by which its parent leads here; 0: the place is free, or the root's */
};

struct trie {
	struct trie_node *nodes; /* nodes[0] is the root; past the last there are free places for every symbol */
	uint32_t *values;
	size_t node_count;       /* places, free ones among them */
};

/* Builds it of entries[count] (sorted in place); trie_free frees it. */
void trie_build(struct trie *trie, struct trie_entry *entries, size_t count);
void trie_free(struct trie *trie);

/* The child of node by symbol, 0 if none. Start at node 0. */
static inline uint32_t trie_step(const struct trie *trie, uint32_t node, uint8_t symbol)
{
	uint32_t child = trie->nodes[node].base + symbol;

	return trie->nodes[child].symbol == symbol ? child : 0;
}

#endif
