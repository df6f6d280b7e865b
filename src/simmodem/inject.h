/* A text from a phone, made into the messages a SIM gets: alphabet, parts, references, as a test asks. Pure but for
 * the time stamp. */
#ifndef HL_SIMMODEM_INJECT_H
#define HL_SIMMODEM_INJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "simmodem/pdu.h"
#include "simmodem/queue.h"

#define INJECT_UNITS_MAX 20000
#define INJECT_PARTS_MAX 255

struct inject {
	const char *from, *smsc;
	const char *text;         /* UTF-8; or units[] */
	size_t text_len;
	const uint16_t *units;    /* NULL: text counts */
	size_t units_count;
	int coding;               /* enum sim_coding, 0: GSM-7 where it fits, else UCS-2 */
	int class;                /* 0..3, -1: none */
	int dcs;                  /* overrides the scheme that coding and class give; -1: not */
	int pid;
	unsigned ref_width;       /* 8 or 16 */
	unsigned ref;             /* of a long text */
	unsigned part_units;      /* shorter parts than need be, 0: as long as fits */
	bool concat;              /* a concatenation header even in one part */
	uint8_t toa;              /* type of the sender's address, 0: the usual one */
	const uint8_t *time;      /* 7 octets; NULL: now */
	bool direct;
	unsigned load;            /* of which load of the generator, 0: none */
};

#define INJECT_DEFAULT { .smsc = "+97600009999", .class = -1, .dcs = -1, .ref_width = 8 }

/* The whole text as one message. 0, HL_EINVAL or HL_ERANGE. msg->line is the caller's. */
int inject_one(const struct inject *in, struct message *msg);

/* All parts in order: their number 1..INJECT_PARTS_MAX in msgs[INJECT_PARTS_MAX], or an error with its reason. */
int inject_parts(const struct inject *in, struct message *msgs, struct hl_reason *reason);

#endif
