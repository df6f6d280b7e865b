/* The mobile network: it holds messages until a SIM has room for them, takes what modems send and brings it to the
 * phones, and sends delivery reports. */
#ifndef HL_SIMMODEM_NETWORK_H
#define HL_SIMMODEM_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "simmodem/pdu.h"
#include "simmodem/queue.h"
#include "simmodem/slots.h"

struct sim;
struct modem;

#define NETWORK_REPORTS_MAX 100000 /* delivery reports under way */

enum report_mode { REPORT_NORMAL, REPORT_NEVER, REPORT_DUPLICATE };

/* How delivery reports behave, for all modems. */
struct report_policy {
	enum report_mode mode;
	int64_t late_ms; /* in addition to the modem's own delay */
	int status;      /* TP-ST */
};

/* A message for the modem's SIM; takes over msg->line. HL_EFULL (the caller keeps the line) where too many wait. */
int network_deliver(struct modem *m, const struct message *msg);

/* Hands over what waits, as far as the modem is in service and has room. */
void network_pump(struct modem *m);

/* The modem said +CMTI for a message: its latency counts from here. */
void network_announced(struct modem *m, int slot, uint64_t serial);

/* The modem sends a PDU: 0, or a result of at.h; *mr is the reference it went out with. */
int network_submit(struct modem *m, const struct pdu_submit *submit, uint8_t *mr);

/* Whether a memory takes no more. */
bool network_memory_full(struct modem *m, const char *mem);

/* Deletes a message from a memory; network_pump() then fills the room. */
void network_delete(struct modem *m, struct slots *s, int index);

/* Ends what is under way. */
void network_free(struct sim *sim);

/* The present time as a time stamp field (Ulaanbaatar's zone). */
void network_time(uint8_t out[7]);

#endif
