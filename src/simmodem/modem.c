#include "simmodem/modem.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "simmodem/call.h"
#include "simmodem/now.h"
#include "simmodem/sim.h"

void modem_settings_default(struct modem *m)
{
	static const struct settings start = {
		.echo = 1, .verbose = 1, .xcode = 4,
		.s = { [3] = '\r', [4] = '\n', [5] = '\b', [7] = 60 },
		.csmp = { 17, 167, 0, 0 }, .clvl = 3,
	};

	m->set = start;
	m->set.mem[0] = m->set.mem[1] = m->set.mem[2] = &m->sm;
	hl_strlcpy(m->set.csca, sizeof(m->set.csca), m->smsc);
}

static void sim_power_up(struct sim_card *card)
{
	if (card->state == PIN_READY && card->pin[0])
		card->state = PIN_NEEDED;
}

static void say_each(struct modem *m, const char *says)
{
	char line[64];

	for (const char *p = says; *p; p += strcspn(p, "|"), p += *p == '|') {
		snprintf(line, sizeof(line), "%.*s", (int)strcspn(p, "|"), p);
		at_urc(m, line);
	}
}

void modem_reset(struct modem *m, const char *says)
{
	at_reset(m);
	call_end(m);
	m->ussd.open = false;
	m->acks_wanted = 0;
	m->cfun = 1;
	modem_settings_default(m);
	sim_power_up(&m->card);
	say_each(m, says);
	if (watch_wanted(m->sim, WATCH_LINE))
		watch_tell(m->sim, WATCH_LINE, m, json_pack("{s:s}", "what", "reset"));
	network_pump(m);
}

static void tell_line(struct modem *m, const char *what)
{
	if (watch_wanted(m->sim, WATCH_LINE))
		watch_tell(m->sim, WATCH_LINE, m, json_pack("{s:s, s:s}", "what", what, "path", m->pty.link));
}

void modem_unplug(struct modem *m, int64_t back_ms)
{
	struct timeval tv = { .tv_sec = (time_t)(back_ms / 1000), .tv_usec = (suseconds_t)(back_ms % 1000 * 1000) };

	if (pty_is_open(&m->pty)) {
		at_reset(m);
		call_end(m);
		pty_close(&m->pty);
		tell_line(m, "gone");
	}
	if (back_ms > 0)
		event_add(m->replug, &tv);
}

int modem_plug(struct modem *m, struct hl_reason *reason)
{
	int err;

	event_del(m->replug);
	if (pty_is_open(&m->pty))
		return 0;
	if ((err = pty_open(&m->pty, reason)))
		return err;
	modem_reset(m, m->boot_urc);
	tell_line(m, "back");
	return 0;
}

static void on_replug(evutil_socket_t fd, short what, void *arg)
{
	struct modem *m = arg;

	(void)fd;
	(void)what;
	modem_plug(m, NULL);
	pty_flush(&m->pty);
}

static void on_input(void *arg, const uint8_t *data, size_t len)
{
	at_input(arg, data, len);
}

static void init_identity(struct modem *m)
{
	struct sim_card *card = &m->card;

	snprintf(card->imsi, sizeof(card->imsi), "42899000%07u", ((unsigned)m->index + 1) % 10000000);
	snprintf(card->number, sizeof(card->number), "+976000090%02u", (unsigned)m->index % 100);
	m->quirks = m->sim->options.quirks;
	snprintf(m->imei, sizeof(m->imei), "3550000000%05u", ((unsigned)m->index + 1) % 100000);
	hl_strlcpy(card->pin, sizeof(card->pin), m->sim->options.pin);
	hl_strlcpy(card->puk, sizeof(card->puk), "12345678");
	card->pin_tries = 3;
	card->puk_tries = 10;
	hl_strlcpy(m->smsc, sizeof(m->smsc), "+97600009999");
	hl_strlcpy(m->operator_name, sizeof(m->operator_name), "Simulated");
	hl_strlcpy(m->plmn, sizeof(m->plmn), "42899");
}

void modem_init(struct modem *m, struct sim *sim, int index)
{
	char link[256];

	m->sim = sim;
	m->index = index;
	m->registration = 1;
	m->signal = 20;
	m->radio_ms = sim->options.radio_ms;
	m->report_ms = sim->options.report_ms;
	init_identity(m);
	slots_init(&m->sm, "SM", sim->options.slots);
	slots_init(&m->me, "ME", 100);
	slots_init(&m->sr, "SR", 50);
	queue_init(&m->waiting);
	queue_init(&m->reports);
	snprintf(link, sizeof(link), "%s/modem%d", sim->options.dir, index);
	pty_init(&m->pty, sim->base, link, on_input, m);
	m->replug = evtimer_new(sim->base, on_replug, m);
	at_init(m);
	call_init(m);
	modem_settings_default(m);
}

void modem_free(struct modem *m)
{
	pty_free(&m->pty);
	at_free(m);
	call_free(m);
	event_free(m->replug);
	queue_clear(&m->waiting);
	queue_clear(&m->reports);
	slots_clear(&m->sm);
	slots_clear(&m->me);
	slots_clear(&m->sr);
}

bool modem_in_service(const struct modem *m)
{
	return pty_is_open(&m->pty) && m->card.state == PIN_READY && m->cfun == 1 &&
		(m->registration == 1 || m->registration == 5);
}

void modem_set_registration(struct modem *m, int stat)
{
	static const struct { const char *name; size_t offset; } rows[] = {
		{ "+CREG", offsetof(struct settings, creg) },
		{ "+CGREG", offsetof(struct settings, cgreg) },
		{ "+CEREG", offsetof(struct settings, cereg) },
	};
	char urc[40];

	if (stat == m->registration)
		return;
	m->registration = stat;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int n = *(const int *)((const char *)&m->set + rows[i].offset);
		if (n == 2 && (stat == 1 || stat == 5))
			snprintf(urc, sizeof(urc), "%s: %d,\"00C3\",\"0000A1B2\"", rows[i].name, stat);
		else
			snprintf(urc, sizeof(urc), "%s: %d", rows[i].name, stat);
		if (n && !modem_fault_is_on(m, FAULT_MUTE_CREG, NULL))
			at_urc(m, urc);
	}
	network_pump(m);
}

struct slots *modem_memory(struct modem *m, const char *name)
{
	struct slots *const all[] = { &m->sm, &m->me, &m->sr };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}

bool modem_fault_take(struct modem *m, enum fault_kind kind, const char *subject)
{
	return m->faults.row[kind].times && fault_take(&m->faults, kind, subject, now_ns());
}

bool modem_fault_is_on(struct modem *m, enum fault_kind kind, const char *subject)
{
	return m->faults.row[kind].times && fault_is_on(&m->faults, kind, subject, now_ns());
}
