/* Voice calls and USSD sessions of one modem, as its program and the network see them. No voice: a call rings, is
 * answered, ends. */
#ifndef HL_SIMMODEM_CALL_H
#define HL_SIMMODEM_CALL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct modem;

#define CALL_RING_MS 1000 /* between two RINGs where the test says nothing else; networks take about 5 s */

void call_init(struct modem *m);
void call_free(struct modem *m);

/* Somebody rings (from "": number withheld); gives up after that many rings, so many ms apart. HL_EBUSY while there is a call. */
int call_incoming(struct modem *m, const char *from, int rings, int64_t ring_ms);
/* Ends a call, in whatever state, without a word. */
void call_end(struct modem *m);

/* The network begins something: <m> of +CUSD (TS 27.007 7.15; 1: it waits for a reply), the text, the coding scheme (0: what
 * the text needs). */
void ussd_begin(struct modem *m, int status, const char *text, int dcs);
/* The program dials a code, or replies in a session; the answer comes after the radio delay, or at once where it is to come
 * before OK. */
void ussd_dial(struct modem *m, const char *code);
/* AT+CUSD=2. */
void ussd_cancel(struct modem *m);
/* What AT+CUSD=1,"..." holds: in digits where the scheme or the modem wants them. HL_EINVAL. */
int ussd_understand(const struct modem *m, const char *in, size_t len, int dcs, char *text, size_t max);

#endif
