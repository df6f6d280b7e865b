/* Slots at which the modem itself fails each time they are read: it hangs, or starts anew, and would do so for ever, with
 * all that comes later never read. Who died DEADLY_TIMES times in a row at the same slot is left alone until the program
 * starts anew. A bounded table, pure: reception.c decides. */
#ifndef HL_MODEM_DEADLY_H
#define HL_MODEM_DEADLY_H

#include <stdbool.h>
#include <stddef.h>

#define DEADLY_TIMES 2
#define DEADLY_MAX 16      /* slots under suspicion; the oldest is forgotten */
#define DEADLY_LIST (-1)   /* in place of a slot: the list of the memory */

struct deadly {
	struct { int memory, slot; unsigned times; } row[DEADLY_MAX];
	size_t next;
};

/* The modem failed while it was reading there. True if that was once too often, now. */
bool deadly_blame(struct deadly *d, int memory, int slot);
/* It was read: all is well. */
void deadly_acquit(struct deadly *d, int memory, int slot);
bool deadly_is(const struct deadly *d, int memory, int slot);
/* One of the memory's slots that is so, or -1. */
int deadly_slot(const struct deadly *d, int memory);
void deadly_clear(struct deadly *d);

#endif
