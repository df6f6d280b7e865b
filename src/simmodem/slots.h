/* A message memory of a modem (TS 27.005 3.1 <mem>): numbered slots with a status, from index 1 on. It holds what a
 * modem would show, a line of hexadecimal digits or of nonsense that a test put there; it never looks inside. Pure. */
#ifndef HL_SIMMODEM_SLOTS_H
#define HL_SIMMODEM_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SLOTS_MAX 255

/* Values of <stat> in PDU mode. */
enum slot_status { SLOT_UNREAD = 0, SLOT_READ = 1, SLOT_UNSENT = 2, SLOT_SENT = 3, SLOT_ANY = 4 };

struct slot {
	char *line;      /* what CMGR shows; owned; NULL: the slot is free */
	size_t tpdu_len; /* the length that goes with it */
	enum slot_status status;
	uint64_t serial; /* tells a message from the slot's next one */
	int64_t stored_ns;
	unsigned load; /* of which load of the generator, 0: none */
};

struct slots {
	char name[3]; /* "SM" */
	int capacity; /* 0..SLOTS_MAX */
	int used;
	int base;     /* number of the first slot: 1, on some Huawei 0 */
	struct slot slot[SLOTS_MAX];
};

void slots_init(struct slots *s, const char *name, int capacity);
void slots_clear(struct slots *s);

/* Puts a message (takes over line) into the lowest free slot: its index, or HL_EFULL, and line stays the caller's. */
int slots_add(struct slots *s, char *line, size_t tpdu_len, enum slot_status status);

/* The used slot of that index, or NULL. */
struct slot *slots_get(struct slots *s, int index);
/* Whether there is such an index, used or not. */
bool slots_valid(const struct slots *s, int index);

/* Frees it; nothing happens where it is free. */
void slots_delete(struct slots *s, int index);

/* Changes the capacity; messages above it are lost. */
void slots_resize(struct slots *s, int capacity);

#endif
