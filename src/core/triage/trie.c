#include "core/triage/trie.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SYMBOLS 256

/* A node that waits to get its children: the entries that share its key so far. */
struct span {
	uint32_t node;
	size_t from, to, depth;
};

struct builder {
	struct trie *trie;
	const struct trie_entry *entries;
	struct span *waiting;  /* breadth first */
	size_t waiting_count;
	bool *is_base;         /* by place */
	size_t room;           /* places of nodes and is_base */
	uint32_t first_free;   /* every place before it is taken; no node stands before SYMBOLS, where the children of no base would */
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

/* Room for all children of a base at `place` or before it. */
static void make_room(struct builder *b, size_t place)
{
	size_t room = b->room ? b->room : 4 * SYMBOLS;

	while (room < place + 2 * SYMBOLS)
		room *= 2;
	if (room == b->room)
		return;
	b->trie->nodes = hl_realloc_array(b->trie->nodes, room, sizeof(*b->trie->nodes));
	b->is_base = hl_realloc_array(b->is_base, room, sizeof(*b->is_base));
	memset(b->trie->nodes + b->room, 0, (room - b->room) * sizeof(*b->trie->nodes));
	memset(b->is_base + b->room, 0, (room - b->room) * sizeof(*b->is_base));
	b->room = room;
}

static bool is_free(const struct builder *b, uint32_t place)
{
	return b->trie->nodes[place].symbol == 0;
}

/* The first base of no other node at which every symbol finds a free place; the symbols rise. */
static uint32_t find_base(struct builder *b, const uint8_t *symbols, size_t count)
{
	while (make_room(b, b->first_free), !is_free(b, b->first_free))
		b->first_free++;
	for (uint32_t place = b->first_free; ; place++) {
		uint32_t base = place - symbols[0];
		size_t fit = 0;
		make_room(b, place);
		while (fit < count && is_free(b, base + symbols[fit]))
			fit++;
		if (fit == count && !b->is_base[base])
			return base;
	}
}

/* The symbols that follow the key of a span, rising: entries are sorted. */
static size_t symbols_of(const struct builder *b, const struct span *s, uint8_t symbols[SYMBOLS])
{
	size_t count = 0;

	for (size_t at = s->from; at < s->to; at++) {
		uint8_t symbol = (uint8_t)b->entries[at].key[s->depth];
		if (count == 0 || symbols[count - 1] != symbol)
			symbols[count++] = symbol;
	}
	return count;
}

static void add_child(struct builder *b, const struct span *s, size_t *at, uint32_t child, uint8_t symbol)
{
	size_t from = *at;

	while (*at < s->to && (uint8_t)b->entries[*at].key[s->depth] == symbol)
		(*at)++;
	b->trie->nodes[child].symbol = symbol;
	b->waiting[b->waiting_count++] = (struct span){ child, from, *at, s->depth + 1 };
	if (child >= b->trie->node_count)
		b->trie->node_count = child + 1;
}

static void expand(struct builder *b, struct span s)
{
	uint8_t symbols[SYMBOLS];
	struct trie_node *node = &b->trie->nodes[s.node];
	size_t count, at = s.from;
	uint32_t base;

	while (at < s.to && b->entries[at].len == s.depth)
		at++;
	node->first_value = (uint32_t)s.from;
	node->value_count = (uint16_t)(at - s.from);
	s.from = at;
	count = symbols_of(b, &s, symbols);
	if (count == 0)
		return;
	base = find_base(b, symbols, count);
	b->is_base[base] = true;
	b->trie->nodes[s.node].base = base;
	for (size_t i = 0; i < count; i++)
		add_child(b, &s, &at, base + symbols[i], symbols[i]);
}

void trie_build(struct trie *trie, struct trie_entry *entries, size_t count)
{
	struct builder b = { .trie = trie, .entries = entries, .first_free = SYMBOLS };
	size_t nodes = 1;

	for (size_t i = 0; i < count; i++)
		nodes += entries[i].len;
	qsort(entries, count, sizeof(*entries), compare);
	*trie = (struct trie){ .values = hl_calloc(count + 1, sizeof(*trie->values)), .node_count = 1 };
	b.waiting = hl_calloc(nodes, sizeof(*b.waiting));
	b.waiting[b.waiting_count++] = (struct span){ 0, 0, count, 0 };
	make_room(&b, 0);
	for (size_t i = 0; i < b.waiting_count; i++)
		expand(&b, b.waiting[i]);
	for (size_t i = 0; i < count; i++)
		trie->values[i] = entries[i].value;
	trie->nodes = hl_realloc_array(trie->nodes, trie->node_count + SYMBOLS, sizeof(*trie->nodes));
	free(b.waiting);
	free(b.is_base);
}

void trie_free(struct trie *trie)
{
	free(trie->nodes);
	free(trie->values);
	*trie = (struct trie){ .node_count = 0 };
}
