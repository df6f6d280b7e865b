#include "simmodem/slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void slots_init(struct slots *s, const char *name, int capacity)
{
	memset(s, 0, sizeof(*s));
	hl_strlcpy(s->name, sizeof(s->name), name);
	s->capacity = capacity;
	s->base = 1;
}

static void slot_free(struct slots *s, struct slot *slot)
{
	if (!slot->line)
		return;
	free(slot->line);
	memset(slot, 0, sizeof(*slot));
	s->used--;
}

void slots_clear(struct slots *s)
{
	for (int i = 0; i < s->capacity; i++)
		slot_free(s, &s->slot[i]);
}

int slots_add(struct slots *s, char *line, size_t tpdu_len, enum slot_status status)
{
	static uint64_t serial;

	if (s->used >= s->capacity)
		return HL_EFULL;
	for (int i = 0; i < s->capacity; i++) {
		if (s->slot[i].line)
			continue;
		s->slot[i] = (struct slot){ .line = line, .tpdu_len = tpdu_len, .status = status, .serial = ++serial };
		s->used++;
		return i + s->base;
	}
	return HL_EFULL;
}

bool slots_valid(const struct slots *s, int index)
{
	return index >= s->base && index < s->base + s->capacity;
}

struct slot *slots_get(struct slots *s, int index)
{
	struct slot *slot = slots_valid(s, index) ? &s->slot[index - s->base] : NULL;

	return slot && slot->line ? slot : NULL;
}

void slots_delete(struct slots *s, int index)
{
	if (slots_valid(s, index))
		slot_free(s, &s->slot[index - s->base]);
}

void slots_resize(struct slots *s, int capacity)
{
	for (int i = capacity; i < s->capacity; i++)
		slot_free(s, &s->slot[i]);
	s->capacity = capacity;
}
