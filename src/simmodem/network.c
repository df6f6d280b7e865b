#include "simmodem/network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hex.h"
#include "base/mem.h"
#include "simmodem/load.h"
#include "simmodem/now.h"
#include "simmodem/sim.h"

#define ZONE_QUARTERS 32 /* UTC+8 */

struct pending_report {
	TAILQ_ENTRY(pending_report) next;
	struct event *timer;
	struct modem *modem;
	struct message msg;
	int times; /* more to send after this one */
};

void network_time(uint8_t out[7])
{
	pdu_time_write((int64_t)time(NULL), ZONE_QUARTERS, out);
}

/* ---- to the SIM -------------------------------------------------------------------------------------------------- */

bool network_memory_full(struct modem *m, const char *mem)
{
	const struct slots *s = modem_memory(m, mem);

	return modem_fault_is_on(m, FAULT_FULL, NULL) || s->used >= s->capacity;
}

/* Whether +CNMI sends it to the program without storing it (TS 27.005 3.4.1). */
static bool is_direct(const struct modem *m, const struct message *msg)
{
	if (msg->report)
		return m->set.cnmi[CNMI_DS] == 1;
	if (msg->direct)
		return true;
	return (m->set.cnmi[CNMI_MT] == 2 && msg->class != 2) || (m->set.cnmi[CNMI_MT] == 3 && msg->class == 3);
}

static void hand_over(struct modem *m, const struct message *msg)
{
	char *urc = hl_calloc(1, strlen(msg->line) + 40);

	sprintf(urc, "%s%zu\r\n%s", msg->report ? "+CDS: " : "+CMT: ,", msg->tpdu_len, msg->line);
	m->count.direct++;
	m->acks_wanted += m->set.csms == 1;
	at_urc_sms(m, urc, -1, 0);
	if (watch_wanted(m->sim, WATCH_DIRECT))
		watch_tell(m->sim, WATCH_DIRECT, m, json_pack("{s:b}", "report", msg->report));
	free(urc);
}

static void announce(struct modem *m, const struct slots *s, const struct message *msg, int index, uint64_t serial)
{
	char urc[40];

	if (msg->report && m->quirks.report_named[0])
		snprintf(urc, sizeof(urc), "+CDSI: \"%s\",%d", m->quirks.report_named, 0);
	else if (!msg->report && m->quirks.cmti_blank)
		snprintf(urc, sizeof(urc), "+CMTI: ,-1");
	else
		snprintf(urc, sizeof(urc), "%s: \"%s\",%d", msg->report ? "+CDSI" : "+CMTI", s->name, index);
	if (msg->report ? m->set.cnmi[CNMI_DS] == 2 : m->set.cnmi[CNMI_MT] == 1 || m->set.cnmi[CNMI_MT] >= 2)
		at_urc_sms(m, urc, msg->report ? -1 : index, serial);
}

static void store(struct modem *m, struct slots *s, const struct message *msg)
{
	int index = slots_add(s, msg->line, msg->tpdu_len, SLOT_UNREAD);
	struct slot *slot = slots_get(s, index);

	slot->stored_ns = now_ns();
	slot->load = msg->load;
	if (!msg->report) {
		m->count.stored++;
		meter_stored(&m->sim->meter, slot->stored_ns);
	}
	if (watch_wanted(m->sim, WATCH_STORED))
		watch_tell(m->sim, WATCH_STORED, m, json_pack("{s:s, s:i, s:b}", "mem", s->name, "index", index, "report",
			msg->report));
	announce(m, s, msg, index, slot->serial);
}

/* Where a stored message goes: reports have a memory of their own. */
static struct slots *memory_for(struct modem *m, const struct message *msg)
{
	return msg->report ? &m->sr : m->set.mem[2];
}

static bool pump_one(struct modem *m, const struct message *msg)
{
	struct slots *s = memory_for(m, msg);

	if (is_direct(m, msg)) {
		hand_over(m, msg);
		free(msg->line);
		return true;
	}
	if (msg->report && m->set.cnmi[CNMI_DS] != 2) {
		free(msg->line); /* not asked for */
		return true;
	}
	if (network_memory_full(m, s->name))
		return false;
	store(m, s, msg);
	return true;
}

static void pump_queue(struct modem *m, struct queue *q)
{
	struct message *msg;

	while ((msg = queue_first(q)) && pump_one(m, msg))
		queue_drop(q, true);
}

void network_pump(struct modem *m)
{
	if (!modem_in_service(m))
		return;
	pump_queue(m, &m->reports);
	do
		pump_queue(m, &m->waiting);
	while (m->waiting.count == 0 && load_refill(m->sim->load, m));
}

void network_delete(struct modem *m, struct slots *s, int index)
{
	struct slot *slot = slots_get(s, index);
	unsigned load;
	bool incoming;

	if (!slot)
		return;
	load = slot->load;
	incoming = slot->stored_ns && s != &m->sr;
	if (incoming) {
		m->count.deleted++;
		meter_deleted(&m->sim->meter, slot->stored_ns, now_ns());
	}
	slots_delete(s, index);
	if (watch_wanted(m->sim, WATCH_DELETED))
		watch_tell(m->sim, WATCH_DELETED, m, json_pack("{s:s, s:i, s:b}", "mem", s->name, "index", index, "report",
			s == &m->sr));
	if (load)
		load_deleted(m->sim, load);
}

int network_deliver(struct modem *m, const struct message *msg)
{
	int err = queue_add(msg->report ? &m->reports : &m->waiting, msg);

	if (!err)
		network_pump(m);
	return err;
}

void network_announced(struct modem *m, int index, uint64_t serial)
{
	struct slot *slot = slots_get(m->set.mem[2], index);

	if (slot && slot->serial == serial)
		slot->stored_ns = now_ns();
}

/* ---- from the modem ---------------------------------------------------------------------------------------------- */

static void on_report(evutil_socket_t fd, short what, void *arg)
{
	struct pending_report *r = arg;
	struct modem *m = r->modem;
	struct sim *sim = m->sim;

	(void)fd;
	(void)what;
	for (int i = 0; i < r->times; i++) {
		struct message msg = r->msg;
		msg.line = hl_strdup(r->msg.line);
		m->count.reports++;
		if (network_deliver(m, &msg))
			free(msg.line);
	}
	if (watch_wanted(sim, WATCH_REPORT))
		watch_tell(sim, WATCH_REPORT, m, json_pack("{s:i}", "times", r->times));
	TAILQ_REMOVE(&sim->pending, r, next);
	sim->pending_count--;
	event_free(r->timer);
	free(r->msg.line);
	free(r);
	sim_flush(sim);
}

static char *report_line(const struct modem *m, const struct pdu_submit *submit, uint8_t mr, size_t *tpdu_len)
{
	struct pdu_report report = { .mr = mr, .status = (uint8_t)m->sim->reports.status };
	uint8_t out[PDU_MAX];
	char *line;
	int n;

	hl_strlcpy(report.smsc, sizeof(report.smsc), m->smsc);
	hl_strlcpy(report.to, sizeof(report.to), submit->to);
	network_time(report.time);
	network_time(report.discharge);
	if ((n = pdu_report_build(&report, out, tpdu_len)) < 0)
		return NULL;
	line = hl_calloc(2 * (size_t)n + 1, 1);
	hl_hex_encode(out, (size_t)n, line);
	return line;
}

static void report_later(struct modem *m, const struct pdu_submit *submit, uint8_t mr)
{
	struct sim *sim = m->sim;
	int64_t ms = m->report_ms + sim->reports.late_ms;
	struct timeval tv = { .tv_sec = (time_t)(ms / 1000), .tv_usec = (suseconds_t)(ms % 1000 * 1000) };
	struct pending_report *r;

	if (!submit->report || sim->reports.mode == REPORT_NEVER || sim->pending_count >= NETWORK_REPORTS_MAX)
		return;
	r = hl_calloc(1, sizeof(*r));
	r->modem = m;
	r->times = sim->reports.mode == REPORT_DUPLICATE ? 2 : 1;
	r->msg = (struct message){ .report = true, .class = -1 };
	r->msg.line = report_line(m, submit, mr, &r->msg.tpdu_len);
	if (!r->msg.line) {
		free(r);
		return;
	}
	r->timer = evtimer_new(sim->base, on_report, r);
	TAILQ_INSERT_TAIL(&sim->pending, r, next);
	sim->pending_count++;
	event_add(r->timer, &tv);
}

int network_submit(struct modem *m, const struct pdu_submit *submit, uint8_t *mr)
{
	struct fault *refusal = &m->faults.row[FAULT_CMS];

	if (!modem_in_service(m))
		return AT_CMS(331);
	if (m->set.csca[0] == '\0')
		return AT_CMS(330);
	if ((refusal->to[0] == '\0' || strcmp(refusal->to, submit->to) == 0) && modem_fault_take(m, FAULT_CMS, NULL)) {
		m->count.refused++;
		return AT_CMS(refusal->code ? refusal->code : 500);
	}
	*mr = m->mr++;
	m->count.submitted++;
	if (watch_wanted(m->sim, WATCH_SUBMIT))
		watch_tell(m->sim, WATCH_SUBMIT, m, json_pack("{s:s, s:i, s:i, s:b}", "number", submit->to,
			"mr", (int)*mr, "dcs", (int)submit->dcs, "report", submit->report));
	phones_receive(m->sim, m, submit);
	report_later(m, submit, *mr);
	return AT_OK;
}

void network_free(struct sim *sim)
{
	struct pending_report *r;

	while ((r = TAILQ_FIRST(&sim->pending))) {
		TAILQ_REMOVE(&sim->pending, r, next);
		event_free(r->timer);
		free(r->msg.line);
		free(r);
	}
	sim->pending_count = 0;
}
