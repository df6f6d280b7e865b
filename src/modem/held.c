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
	free(h->raw);
	h->raw = hl_strdup(raw);
}

void held_drop(struct held_table *t, struct held *h)
{
	free(h->raw);
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
