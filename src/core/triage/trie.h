/* An index of keys: walking a word's key letter by letter finds every key it begins with, and stops where none is left, so
 * that the cost of a word does not grow with the number of rules. Built once; the values of a key are a run in values. */
#ifndef HL_CORE_TRIAGE_TRIE_H
#define HL_CORE_TRIAGE_TRIE_H

#include <stddef.h>
#include <stdint.h>

struct trie_entry {
	const char *key; /* not empty */
	uint16_t len;
	uint32_t value;
};

struct trie_node {
	uint32_t first_child, first_value;
	uint16_t value_count;
	uint8_t child_count;
};

struct trie {
	struct trie_node *nodes; /* nodes[0] is the root; the children of a node stand together, rising by symbol */
	uint8_t *symbols;        /* of the nodes, apart, so that those of a node's children are read at once */
	uint32_t *values;
	size_t node_count;
	uint32_t roots[256];     /* the child of the root by symbol, 0 if none */
	uint16_t (*second)[256]; /* the same for each child of the root, nodes 1 to second_count: nodes have most children there */
	uint32_t second_count;
};

/* Builds it of entries[count] (sorted in place); trie_free frees it. */
void trie_build(struct trie *trie, struct trie_entry *entries, size_t count);
void trie_free(struct trie *trie);

/* The child of node by symbol, 0 if none. Start at node 0. */
static inline uint32_t trie_step(const struct trie *trie, uint32_t node, uint8_t symbol)
{
	const struct trie_node *n = &trie->nodes[node];
	const uint8_t *symbols = trie->symbols + n->first_child;

	if (node == 0)
		return trie->roots[symbol];
	if (node <= trie->second_count)
		return trie->second[node - 1][symbol];
	for (uint32_t i = 0; i < n->child_count; i++)
		if (symbols[i] == symbol)
			return n->first_child + i;
	return 0;
}

#endif
