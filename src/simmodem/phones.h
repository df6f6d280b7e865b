/* The phones on the other side of the network: each number that was texted has an inbox, long texts are put together
 * from their parts, and what arrived can be read and watched. Bounded: the oldest texts go first. */
#ifndef HL_SIMMODEM_PHONES_H
#define HL_SIMMODEM_PHONES_H

#include <jansson.h>
#include <stdint.h>
#include <sys/queue.h>

#include "simmodem/pdu.h"

struct sim;
struct modem;

#define PHONES_TEXTS_MAX 20000 /* texts in all inboxes */
#define PHONE_TEXTS_MAX 100    /* texts in one inbox */
#define PHONE_JOINS_MAX 8      /* long texts with missing parts, a phone; the oldest is forgotten */
#define PHONES_BUCKETS 16384

struct phones {
	struct phone *bucket[PHONES_BUCKETS];
	size_t texts, count;
	uint64_t received; /* texts, all phones */
	uint64_t parts;
	TAILQ_HEAD(text_list, phone_text) all; /* in order of arrival */
};

void phones_init(struct phones *p);
void phones_clear(struct phones *p);

/* A PDU arrives at the phone it is for. */
void phones_receive(struct sim *sim, const struct modem *from, const struct pdu_submit *submit);

/* The texts of a number, or of all where number is NULL, oldest first, at most limit, the newest ones:
 * [{"number","text","parts","modem","from","ns"}...]. A new reference. */
json_t *phones_inbox(const struct phones *p, const char *number, size_t limit);

/* Empties the inboxes. */
void phones_forget_texts(struct phones *p);

#endif
