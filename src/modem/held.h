/* What was read from the modem and is not yet both stored by the core and deleted: a bounded table of messages with the
 * slot each lies in. It knows nothing of AT or the link; reception.c decides. */
#ifndef HL_MODEM_HELD_H
#define HL_MODEM_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HELD_MAX 256
#define HELD_NO_SLOT (-1) /* came directly (+CDS, +CMT), or its slot was emptied by something else: only here */

enum held_state {
	HELD_FREE,
	HELD_DOUBT,   /* read and odd: noise on the line, or a broken message? read it again */
	HELD_OFFERED, /* the core has been told, or will be when it is back */
	HELD_STORED,  /* to be deleted */
};

struct held {
	enum held_state state;
	int memory, slot;
	int64_t ref;
	char imsi[17];    /* of the SIM it was read from */
	unsigned epoch;   /* in which life of the modem its slot was last seen with this content; another: it is in doubt */
	unsigned round;   /* the sweep in which it was last offered */
	int64_t seen_ms;  /* on CLOCK_BOOTTIME, when that was */
	unsigned tries;   /* readings in doubt */
	bool unreadable;  /* raw only says where it lies: the modem fails at it */
	char *raw;        /* the line as the modem gave it */
	uint64_t set;     /* the same for all parts of a long text, 0: it is none */
	unsigned parts;   /* of that text */
};

struct held_table {
	struct held item[HELD_MAX];
	size_t count, top; /* in use; one past the highest that was ever used since the table was empty */
	int64_t last_ref;
};

/* A new item with the next ref, or NULL when the table is full. raw is copied. */
struct held *held_add(struct held_table *t, int memory, int slot, const char *raw);
void held_set_raw(struct held *h, const char *raw);
void held_drop(struct held_table *t, struct held *h);
void held_clear(struct held_table *t);

struct held *held_find(struct held_table *t, int memory, int slot);
struct held *held_find_ref(struct held_table *t, int64_t ref);
/* Whether every part of its text is here and stored by the core; true for what is no part. */
bool held_set_is_stored(struct held_table *t, const struct held *h);
/* Drops the parts of its text, itself with them: how many. */
int held_drop_set(struct held_table *t, struct held *h);
/* The first item after h (NULL: from the start), or NULL. */
struct held *held_next(struct held_table *t, const struct held *h);

#endif
