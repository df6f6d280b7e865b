/* The load generator: so many texts, each from another sender, as fast as the SIMs have room or at a rate. It feeds
 * the network's queues and hears of each deletion. */
#ifndef HL_SIMMODEM_LOAD_H
#define HL_SIMMODEM_LOAD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct sim;
struct modem;
struct load;

#define LOAD_COUNT_MAX 100000000
#define LOAD_TEXT_MAX 160 /* one part */

struct load_options {
	int64_t count;
	double rate;         /* messages a second over all modems; 0: as fast as slots become free */
	char from_base[20];  /* the sender is this and seven digits */
	bool distinct;       /* another sender each, else all from the first */
	int64_t first;       /* number of the first sender */
	const char *text;    /* "{n}" in it becomes the message's number */
	const int *modems;   /* modem_count of them */
	int modem_count;
};

/* Starts; a load that runs is an HL_EBUSY. */
int load_start(struct sim *sim, const struct load_options *options, struct hl_reason *reason);

/* Ends it; what is already on its way stays. */
void load_stop(struct sim *sim);

/* The modem's queue is empty and it could take one: puts one there and returns true, or returns false. load may be
 * NULL. */
bool load_refill(struct load *load, struct modem *m);

/* A message of a load was deleted; id tells the loads apart. */
void load_deleted(struct sim *sim, unsigned id);

/* {"count","sent","deleted","running"}; a new reference. */
json_t *load_json(const struct sim *sim);

#endif
