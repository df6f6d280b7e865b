#include "core/triage/trie.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A node that waits to get its children: the entries that share its key so far. */
struct span {
	size_t from, to, depth;
};

static int compare(const void *a, const void *b)
{
	const struct trie_entry *x = a, *y = b;
	size_t shorter = x->len < y->len ? x->len : y->len;
	int order = memcmp(x->key, y->key, shorter);

	if (order)
		return order;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

static uint32_t add_child(struct trie *trie, struct span *spans, uint32_t parent, struct span span, uint8_t symbol)
{
	uint32_t child = (uint32_t)trie->node_count++;

	trie->nodes[child] = (struct trie_node){ .child_count = 0 };
	trie->symbols[child] = symbol;
	spans[child] = span;
	if (trie->nodes[parent].child_count++ == 0)
		trie->nodes[parent].first_child = child;
	return child;
}

/* Breadth first, so that the children of a node stand side by side. */
static void expand(struct trie *trie, struct span *spans, uint32_t node, const struct trie_entry *entries)
{
	struct span s = spans[node];
	size_t at = s.from;

	trie->nodes[node].first_value = (uint32_t)s.from;
	while (at < s.to && entries[at].len == s.depth)
		at++;
	trie->nodes[node].value_count = (uint16_t)(at - s.from);
	while (at < s.to) {
		uint8_t symbol = (uint8_t)entries[at].key[s.depth];
		size_t from = at;
		while (at < s.to && (uint8_t)entries[at].key[s.depth] == symbol)
			at++;
		add_child(trie, spans, node, (struct span){ from, at, s.depth + 1 }, symbol);
	}
}

/* The children of the root are nodes 1 to n, for breadth comes first. Where there are more nodes than fit, none is indexed. */
static void index_second(struct trie *trie)
{
	if (trie->node_count > UINT16_MAX || trie->nodes[0].child_count == 0)
		return;
	trie->second_count = trie->nodes[0].child_count;
	trie->second = hl_calloc(trie->second_count, sizeof(*trie->second));
	for (uint32_t node = 1; node <= trie->second_count; node++)
		for (uint32_t i = 0; i < trie->nodes[node].child_count; i++) {
			uint32_t child = trie->nodes[node].first_child + i;
			trie->second[node - 1][trie->symbols[child]] = (uint16_t)child;
		}
}

void trie_build(struct trie *trie, struct trie_entry *entries, size_t count)
{
	size_t room = 1;
	struct span *spans;

	for (size_t i = 0; i < count; i++)
		room += entries[i].len;
	qsort(entries, count, sizeof(*entries), compare);
	*trie = (struct trie){ .nodes = hl_calloc(room, sizeof(*trie->nodes)), .node_count = 1 };
	trie->symbols = hl_calloc(room, sizeof(*trie->symbols));
	trie->values = hl_calloc(count + 1, sizeof(*trie->values));
	spans = hl_calloc(room, sizeof(*spans));
	spans[0] = (struct span){ 0, count, 0 };
	for (uint32_t node = 0; node < trie->node_count; node++)
		expand(trie, spans, node, entries);
	for (size_t i = 0; i < count; i++)
		trie->values[i] = entries[i].value;
	index_second(trie);
	for (uint32_t i = 0; i < trie->nodes[0].child_count; i++)
		trie->roots[trie->symbols[trie->nodes[0].first_child + i]] = trie->nodes[0].first_child + i;
	free(spans);
}

void trie_free(struct trie *trie)
{
	free(trie->nodes);
	free(trie->symbols);
	free(trie->second);
	free(trie->values);
	*trie = (struct trie){ .node_count = 0 };
}
