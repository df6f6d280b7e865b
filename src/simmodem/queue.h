/* Messages that the network holds for a SIM without room, in order and bounded, as a service centre would. Pure. */
#ifndef HL_SIMMODEM_QUEUE_H
#define HL_SIMMODEM_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "base/error.h"

#define QUEUE_MAX 1000000 /* messages a modem */

struct message {
	STAILQ_ENTRY(message) next;
	size_t tpdu_len;
	int class;       /* 0..3, -1: none */
	bool report;     /* an SMS-STATUS-REPORT */
	bool direct;     /* routed to the TE whatever +CNMI says of texts */
	unsigned load;   /* of which load of the generator, 0: none */
	char *line;      /* hexadecimal digits, or any line a test wants shown; owned */
};

struct queue {
	STAILQ_HEAD(, message) list;
	size_t count;
};

void queue_init(struct queue *q);
void queue_clear(struct queue *q);
/* Copies the message's struct and takes over its line; HL_EFULL leaves the line with the caller. */
int queue_add(struct queue *q, const struct message *msg);
/* The oldest, or NULL; queue_drop() forgets it, and its line if keep_line is false. */
struct message *queue_first(struct queue *q);
void queue_drop(struct queue *q, bool keep_line);

#endif
