/* Asks who is at a tty: opens and locks it, and asks the modem for its IMEI and model, patiently, since one that was just
 * plugged in may take half a minute to answer. It sends nothing that changes a modem, and leaves no echo behind. */
#ifndef HL_MODEM_IDENTIFY_H
#define HL_MODEM_IDENTIFY_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#define IDENTIFY_WHY_MAX 128

struct identity {
	int fd;                       /* open, raw and locked: the callee's; -1 where it could not be opened or the line went */
	char imei[17], model[48];     /* "" where nobody told */
	char why[IDENTIFY_WHY_MAX];   /* in words where fd is -1 or imei is "" */
};

struct identify;

/* done() comes from the loop, once for each start. */
struct identify *identify_new(struct event_base *base, void (*done)(void *arg, const struct identity *identity), void *arg);
void identify_free(struct identify *i);

/* Gives up after patience_ms at the latest (and the answer to one command). baud 0 leaves the speed. */
void identify_start(struct identify *i, const char *path, int64_t baud, bool rtscts, int64_t patience_ms);
/* Closes the tty; done() does not come. */
void identify_stop(struct identify *i);
bool identify_is_busy(const struct identify *i);

/* 14 to 16 digits (3GPP TS 23.003 6.2) and not all of them the same: sticks without a number of their own say zeros. */
bool identify_imei_is_usable(const char *imei);

#endif
