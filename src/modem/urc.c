#include "modem/urc.h"

#include <string.h>

#include "base/log.h"
#include "modem/worker.h"

struct urc_row {
	const char *prefix;
	void (*take)(struct worker *w, const char *line, const char *pdu);
};

/* +CMTI: <mem>,<index> (TS 27.005 3.4.1). */
static void take_text_stored(struct worker *w, const char *line, const char *pdu)
{
	char memory[8] = "";
	int slot = -1;

	(void)pdu;
	at_field_text(line, 0, memory, sizeof(memory));
	at_field_int(line, 1, &slot);
	if (state_can_receive(w->state)) /* otherwise the sweep after setup finds it */
		reception_announced(w, memory, slot);
}

/* +CDSI: the same for status reports; some modems name the wrong memory. */
static void take_report_stored(struct worker *w, const char *line, const char *pdu)
{
	char memory[8] = "";
	int slot = -1;

	(void)pdu;
	at_field_text(line, 0, memory, sizeof(memory));
	at_field_int(line, 1, &slot);
	if (state_can_receive(w->state))
		reception_announced(w, w->profile.report_memory[0] ? w->profile.report_memory : memory, slot);
}

static void take_direct(struct worker *w, const char *line, const char *pdu)
{
	(void)line;
	if (pdu)
		reception_direct(w, pdu);
}

/* +CREG: <stat>[,<lac>,<ci>[,<act>]] (TS 27.007 7.2). Two values are <n>,<stat>, an answer that some Wavecom give after its OK:
 * gammu issue 91. */
static void take_registration(struct worker *w, const char *line, const char *pdu)
{
	int stat;

	(void)pdu;
	if (at_field_int(line, at_field_count(line) == 2, &stat))
		checkup_take_registration(w, stat);
}

static void take_ussd(struct worker *w, const char *line, const char *pdu)
{
	(void)pdu;
	ussd_heard(w, line);
}

static void take_ring(struct worker *w, const char *line, const char *pdu)
{
	(void)line;
	(void)pdu;
	call_rings(w);
}

static void take_caller(struct worker *w, const char *line, const char *pdu)
{
	(void)pdu;
	call_is_from(w, line);
}

static void take_no_carrier(struct worker *w, const char *line, const char *pdu)
{
	(void)line;
	(void)pdu;
	call_ends(w);
}

static const struct urc_row urcs[] = {
	{ "+CMTI:", take_text_stored },
	{ "+CDSI:", take_report_stored },
	{ "+CMT:", take_direct }, /* class 0, which some modems do not store */
	{ "+CDS:", take_direct },
	{ "+CREG:", take_registration },
	{ "+CUSD:", take_ussd },
	{ "RING", take_ring },
	{ "+CRING:", take_ring },
	{ "+CLIP:", take_caller },
	{ "NO CARRIER", take_no_carrier },
};

static void take_restart(struct worker *w)
{
	if (w->state == STATE_PROBING || w->state == STATE_PIN)
		w->setup.suspect = true;
	else if (w->state == STATE_STUCK || w->state == STATE_RESETTING)
		ladder_heard_start(w);
	else if (state_can_receive(w->state))
		worker_event(w, EVENT_RESTARTED, "the modem says that it restarted");
	else if (w->state == STATE_BROKEN && !w->setup.pin_refused)
		worker_event(w, EVENT_RETRY, "the modem says that it restarted");
}

void urc_take(struct worker *w, const char *line, const char *pdu)
{
	for (size_t i = 0; i < sizeof(urcs) / sizeof(urcs[0]); i++) {
		if (strncmp(line, urcs[i].prefix, strlen(urcs[i].prefix)) == 0) {
			urcs[i].take(w, line, pdu);
			return;
		}
	}
	if (modem_profile_lists(&w->profile.reset_urcs, line)) {
		take_restart(w);
	} else if (modem_profile_lists(&w->profile.full_urcs, line)) {
		hl_log(HL_LOG_WARNING, "reception", "memory_full");
		worker_sweep_in(w, 0);
	}
}
