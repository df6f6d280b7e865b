/* A guard against a text that ends the core: it would be offered again at every start, and no later text would ever
 * be read. What is at work is marked in a small mapped file, which outlives the process but costs no system call; a
 * text that was at work each of POISON_TIMES times when the core ended, or that no transaction would take, is
 * quarantined instead of processed. */
#ifndef HL_CORE_INBOUND_POISON_H
#define HL_CORE_INBOUND_POISON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

#define POISON_HASH 32
#define POISON_TIMES 3   /* a text that only happens to be at work when the power goes is not blamed so often */
#define POISON_MAX 64    /* texts under suspicion; the oldest is forgotten */

struct poison;

/* Makes the file (mode 0600) where there is none; blames what was at work when the core last ended. HL_EIO with the
 * reason. */
int poison_open(const char *path, struct poison **poison, struct hl_reason *reason);
void poison_close(struct poison *p);

/* The text of this hash is at work; it no longer is. */
void poison_enter(struct poison *p, const uint8_t hash[POISON_HASH]);
void poison_leave(struct poison *p);

void poison_blame(struct poison *p, const uint8_t hash[POISON_HASH]);
/* It is stored: it was not to blame. */
void poison_acquit(struct poison *p, const uint8_t hash[POISON_HASH]);
/* Blamed POISON_TIMES times. */
bool poison_is(const struct poison *p, const uint8_t hash[POISON_HASH]);

#endif
