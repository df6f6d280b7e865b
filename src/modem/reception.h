/* Receiving: what the modem announces is read, every memory is swept now and then, each message is offered to the
 * core, and a slot is emptied only after the core has stored what lay in it, and only if the same still lies
 * there. */
#ifndef HL_MODEM_RECEPTION_H
#define HL_MODEM_RECEPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "modem/deadly.h"
#include "modem/held.h"

#define MEMORIES_MAX 3 /* SM, ME, SR */
#define READS_MAX 64

struct worker;

struct memory {
	bool present;
	int used, total;        /* as it last told */
	int rows_due;           /* so many rows a whole list must have at least */
	unsigned errors;        /* in a row; it is left alone after MEMORY_ERRORS_MAX */
	bool count, list_all, list_new; /* what is to be asked of it */
	unsigned bad_lists;     /* in a row */
	bool scan;              /* its lists are no good: it is read slot by slot, scan_slot next */
	int scan_slot;
};

enum reception_job { JOB_NONE, JOB_SELECT, JOB_LIST, JOB_READ, JOB_DELETE, JOB_ACK };

struct reception {
	struct held_table held;
	struct memory memory[MEMORIES_MAX];
	int selected;           /* mem1, -1 unknown */
	bool all_three;         /* +CPMS with one argument was refused: all are named */
	struct { int memory, slot; } reads[READS_MAX];
	size_t read_count;
	bool singly;            /* a list left out what was announced: read slot by slot */
	unsigned acks;          /* +CNMA owed */
	bool shaken;            /* the decoder crashed on something: start anew once nothing is held */
	bool left_behind;       /* a text lies there that the full table had no room for */
	struct deadly deadly;   /* slots at which the modem itself fails */
	bool sweeping, trouble; /* trouble: something of this sweep has to be done again soon */
	unsigned round;         /* counts sweeps */
	int64_t trouble_pause_ms;
	unsigned troubles;      /* sweeps with trouble in a row */
	struct {                /* in progress */
		enum reception_job job;
		int memory, slot;
		bool all;       /* a list of everything, not of the unread */
		bool scan;      /* a slot of a scan: it may well be empty */
		int rows;
		size_t reads;   /* announced before the list began */
		int64_t ref;
	} now;
};

void reception_init(struct worker *w);
void reception_free(struct worker *w);

/* ---- from setup and states */
void reception_forget_memories(struct worker *w);
/* Returns its number; -1 where it is of a kind that holds no texts. */
int reception_add_memory(struct worker *w, const char *name);
/* Slots of the SIM before mean nothing any more. */
void reception_other_sim(struct worker *w);
/* The line is gone or the modem starts anew. */
void reception_stop(struct worker *w);
void reception_start_sweep(struct worker *w);

/* ---- from the modem */
void reception_announced(struct worker *w, const char *memory, int slot); /* +CMTI, +CDSI */
bool reception_is_announced(const struct worker *w, int memory, int slot); /* and not yet read */
void reception_direct(struct worker *w, const char *pdu); /* +CMT, +CDS */

/* ---- from the core */
void reception_stored(struct worker *w, int64_t ref);
void reception_offer_all(struct worker *w); /* a new connection */

/* Something is known to have come and is yet to be read. */
bool reception_has_arrivals(struct worker *w);

/* Gives the idle modem the next job; false if there is none. */
bool reception_next(struct worker *w);

#endif
