/* All of it: the modems, the network's state, the phones, who watches, what is measured. Made once by the server
 * (main.c, server.c) and by tests. */
#ifndef HL_SIMMODEM_SIM_H
#define HL_SIMMODEM_SIM_H

#include <event2/event.h>
#include <sys/queue.h>

#include "simmodem/meter.h"
#include "simmodem/modem.h"
#include "simmodem/network.h"
#include "simmodem/phones.h"
#include "simmodem/ussd.h"
#include "simmodem/watch.h"

#define SIM_MODEMS_MAX 256

struct sim_options {
	const char *dir;    /* of the links modem0, modem1 ... */
	int modems, slots;
	int64_t radio_ms, report_ms;
	const char *pin;    /* "" for none */
	struct quirks quirks; /* of each modem, from the start */
};

struct sim {
	struct event_base *base;
	struct sim_options options;
	struct modem *modem;
	int count;
	struct phones phones;
	struct watch watch;
	struct meter meter;
	struct report_policy reports;
	TAILQ_HEAD(, pending_report) pending;
	size_t pending_count;
	struct ussd_table ussd;
	struct load *load; /* NULL: none */
};

/* Makes the modems and plugs them in. HL_EIO with the reason. */
int sim_init(struct sim *sim, struct event_base *base, const struct sim_options *options, struct hl_reason *reason);
void sim_free(struct sim *sim);

/* Writes out what the modems have to say; to be called at the end of whatever the loop began. */
void sim_flush(struct sim *sim);

#endif
