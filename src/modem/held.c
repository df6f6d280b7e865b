#include "modem/held.h"

#include <stdlib.h>

#include "base/mem.h"

struct held *held_add(struct held_table *t, int memory, int slot, const char *raw)
{
	size_t i = 0;

	if (t->count == HELD_MAX)
		return NULL;
	while (t->item[i].state != HELD_FREE)
		i++;
	t->item[i] = (struct held){ .state = HELD_DOUBT, .memory = memory, .slot = slot, .ref = ++t->last_ref,
				    .raw = hl_strdup(raw) };
	t->count++;
	if (t->top <= i)
		t->top = i + 1;
	return &t->item[i];
}

void held_set_raw(struct held *h, const char *raw)
{
	hl_wipe_free(h->raw);
	h->raw = hl_strdup(raw);
}

void held_drop(struct held_table *t, struct held *h)
{
	hl_wipe_free(h->raw);
	*h = (struct held){ .state = HELD_FREE };
	if (--t->count == 0)
		t->top = 0;
}

void held_clear(struct held_table *t)
{
	for (struct held *h = NULL; (h = held_next(t, h)); )
		held_drop(t, h);
}

struct held *held_next(struct held_table *t, const struct held *h)
{
	for (size_t i = h ? (size_t)(h - t->item) + 1 : 0; i < t->top; i++)
		if (t->item[i].state != HELD_FREE)
			return &t->item[i];
	return NULL;
}

struct held *held_find(struct held_table *t, int memory, int slot)
{
	for (struct held *h = NULL; (h = held_next(t, h)); )
		if (h->memory == memory && h->slot == slot)
			return h;
	return NULL;
}

struct held *held_find_ref(struct held_table *t, int64_t ref)
{
	for (struct held *h = NULL; (h = held_next(t, h)); )
		if (h->ref == ref)
			return h;
	return NULL;
}

bool held_set_is_stored(struct held_table *t, const struct held *h)
{
	unsigned stored = 0;

	for (struct held *part = NULL; h->set && (part = held_next(t, part)); )
		stored += part->set == h->set && part->memory == h->memory && part->state == HELD_STORED;
	return !h->set || stored >= h->parts;
}

int held_drop_set(struct held_table *t, struct held *h)
{
	uint64_t set = h->set;
	int memory = h->memory, count = 1;

	held_drop(t, h);
	for (struct held *part = NULL; set && (part = held_next(t, part)); ) {
		if (part->set == set && part->memory == memory && part->state == HELD_STORED) {
			held_drop(t, part);
			count++;
		}
	}
	return count;
}
