#include "modem/deadly.h"

#include <string.h>

static bool is_row(const struct deadly *d, size_t i, int memory, int slot)
{
	return d->row[i].times && d->row[i].memory == memory && d->row[i].slot == slot;
}

bool deadly_blame(struct deadly *d, int memory, int slot)
{
	for (size_t i = 0; i < DEADLY_MAX; i++)
		if (is_row(d, i, memory, slot))
			return ++d->row[i].times == DEADLY_TIMES;
	d->row[d->next].memory = memory;
	d->row[d->next].slot = slot;
	d->row[d->next].times = 1;
	d->next = (d->next + 1) % DEADLY_MAX;
	return false;
}

void deadly_acquit(struct deadly *d, int memory, int slot)
{
	for (size_t i = 0; i < DEADLY_MAX; i++)
		if (is_row(d, i, memory, slot))
			d->row[i].times = 0;
}

bool deadly_is(const struct deadly *d, int memory, int slot)
{
	for (size_t i = 0; i < DEADLY_MAX; i++)
		if (is_row(d, i, memory, slot))
			return d->row[i].times >= DEADLY_TIMES;
	return false;
}

int deadly_slot(const struct deadly *d, int memory)
{
	for (size_t i = 0; i < DEADLY_MAX; i++)
		if (d->row[i].times >= DEADLY_TIMES && d->row[i].memory == memory && d->row[i].slot != DEADLY_LIST)
			return d->row[i].slot;
	return -1;
}

void deadly_clear(struct deadly *d)
{
	memset(d, 0, sizeof(*d));
}
