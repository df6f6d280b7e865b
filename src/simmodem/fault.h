/* What can be wrong with a modem, switched on and off by tests: one row a fault in the table of names, the same
 * settings for each. It only remembers and counts; the room that a fault concerns asks fault_take() and misbehaves
 * itself. Pure. */
#ifndef HL_SIMMODEM_FAULT_H
#define HL_SIMMODEM_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fault_kind {
	FAULT_HANG,        /* nothing is answered, nothing is said; `ms` ends it */
	FAULT_GARBAGE,     /* noise in place of an answer */
	FAULT_NOISE,       /* noise octets before a line */
	FAULT_ERROR,       /* ERROR, or +CME ERROR: `code` */
	FAULT_CMS,         /* the text is refused with +CMS ERROR: `code` */
	FAULT_LOST_REPLY,  /* the command is carried out; neither information nor final result comes */
	FAULT_NO_PROMPT,   /* the modem waits for a PDU without saying so */
	FAULT_URC_INSIDE,  /* `text` as a line inside a response: `where` final, list or mid */
	FAULT_ECHO,        /* every third octet is echoed wrong */
	FAULT_SLOW,        /* each command waits `ms` */
	FAULT_FULL,        /* memories behave as full */
	FAULT_LOST_URC,    /* +CMTI, +CDS and so on are not said */
	FAULT_KEEP,        /* +CMGD says OK and deletes nothing */
	FAULT_RESET_DROPS, /* +CFUN=1,1 takes the line away for `ms` */
	FAULT_MUTE_CREG,   /* a change of registration is not told */
	FAULT_DIES,        /* reading slot `code`, alone or in a list, makes the modem restart (says `text`) */
	FAULT_KINDS
};

#define FAULT_TEXT_MAX 128

struct fault {
	int64_t times;                /* left; -1: until switched off; 0: off */
	int64_t until_ns;             /* 0: no end */
	int64_t ms;
	int code;
	char prefix[32];              /* only for commands that begin so (after AT); "" for all */
	char to[32];                  /* only for texts to this number */
	char text[FAULT_TEXT_MAX + 1];
	char where[8];
};

struct faults {
	struct fault row[FAULT_KINDS];
};

/* "hang", "garbage" and so on; -1 for a name that is none. */
int fault_kind_named(const char *name);
const char *fault_name(enum fault_kind kind);

/* Whether the fault strikes now, for this subject (a command line after AT, or NULL where it concerns none); counts
 * it down. */
bool fault_take(struct faults *f, enum fault_kind kind, const char *subject, int64_t now_ns);

/* The same without counting down. */
bool fault_is_on(const struct faults *f, enum fault_kind kind, const char *subject, int64_t now_ns);

#endif
