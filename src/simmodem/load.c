#include "simmodem/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "simmodem/inject.h"
#include "simmodem/now.h"
#include "simmodem/sim.h"

#define TICK_MS 1

struct load {
	struct sim *sim;
	unsigned id;
	struct load_options o;
	char text[4 * LOAD_TEXT_MAX + 1];
	bool takes[SIM_MODEMS_MAX];
	int modem[SIM_MODEMS_MAX];
	int64_t sent, deleted;
	int64_t start_ns;
	struct event *tick; /* with a rate */
};

/* The text of one message, {n} replaced. */
static void expand(const struct load *l, int64_t n, char *out, size_t max)
{
	const char *mark = strstr(l->text, "{n}");

	if (mark)
		snprintf(out, max, "%.*s%lld%s", (int)(mark - l->text), l->text, (long long)n, mark + 3);
	else
		snprintf(out, max, "%s", l->text);
}

static int make(struct load *l, struct message *msg)
{
	struct inject in = INJECT_DEFAULT;
	char from[40], text[4 * LOAD_TEXT_MAX + 24];
	int64_t sender = l->o.first + (l->o.distinct ? l->sent : 0);

	snprintf(from, sizeof(from), "%s%07lld", l->o.from_base, (long long)(sender % 10000000));
	expand(l, l->o.first + l->sent, text, sizeof(text));
	in.from = from;
	in.text = text;
	in.text_len = strlen(text);
	in.load = l->id;
	return inject_one(&in, msg);
}

static bool put(struct load *l, struct modem *m)
{
	struct message msg;

	if (l->sent >= l->o.count || make(l, &msg))
		return false;
	if (queue_add(&m->waiting, &msg)) {
		free(msg.line);
		return false;
	}
	l->sent++;
	return true;
}

bool load_refill(struct load *l, struct modem *m)
{
	if (!l || l->o.rate > 0 || !l->takes[m->index])
		return false;
	if (!modem_fault_is_on(m, FAULT_FULL, NULL) && m->set.mem[2]->used < m->set.mem[2]->capacity)
		return put(l, m);
	return false;
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct load *l = arg;
	int64_t due = (int64_t)((double)(now_ns() - l->start_ns) * l->o.rate / 1e9) + 1;

	(void)fd;
	(void)what;
	if (due > l->o.count)
		due = l->o.count;
	while (l->sent < due) {
		struct modem *m = &l->sim->modem[l->modem[l->sent % l->o.modem_count]];
		if (!put(l, m))
			break;
		network_pump(m);
	}
	if (l->sent >= l->o.count)
		event_del(l->tick);
	sim_flush(l->sim);
}

static int check_options(struct sim *sim, const struct load_options *o, struct hl_reason *reason)
{
	uint16_t units[LOAD_TEXT_MAX];
	size_t len = strlen(o->text);
	enum sim_coding coding = units_fit_gsm7(o->text, len) ? SIM_GSM7 : SIM_UCS2;

	if (sim->load && sim->load->deleted < sim->load->o.count)
		return hl_fail(reason, HL_EBUSY, "a load is running: stop it first (load_stop)");
	if (o->count < 1 || o->count > LOAD_COUNT_MAX || o->rate < 0)
		return hl_fail(reason, HL_ERANGE, "count must be 1 to %d, rate 0 or more", LOAD_COUNT_MAX);
	if (units_from_text(o->text, len, coding, units, coding == SIM_GSM7 ? 150 : 60) < 0)
		return hl_fail(reason, HL_ERANGE, "the text must fit one part, with its number");
	return 0;
}

int load_start(struct sim *sim, const struct load_options *options, struct hl_reason *reason)
{
	static const struct timeval tick = { 0, TICK_MS * 1000 };
	static unsigned id;
	struct load *l;
	int err = check_options(sim, options, reason);

	if (err)
		return err;
	load_stop(sim);
	l = sim->load = hl_calloc(1, sizeof(*l));
	l->sim = sim;
	l->id = ++id;
	l->o = *options;
	l->o.modems = NULL;
	hl_strlcpy(l->text, sizeof(l->text), options->text);
	l->o.text = l->text;
	l->start_ns = now_ns();
	for (int i = 0; i < options->modem_count; i++) {
		l->modem[i] = options->modems[i];
		l->takes[options->modems[i]] = true;
	}
	if (options->rate > 0) {
		l->tick = event_new(sim->base, -1, EV_PERSIST, on_tick, l);
		event_add(l->tick, &tick);
	}
	for (int i = 0; i < options->modem_count; i++)
		network_pump(&sim->modem[options->modems[i]]);
	return 0;
}

void load_stop(struct sim *sim)
{
	if (!sim->load)
		return;
	if (sim->load->tick)
		event_free(sim->load->tick);
	free(sim->load);
	sim->load = NULL;
}

json_t *load_json(const struct sim *sim)
{
	const struct load *l = sim->load;

	if (!l)
		return json_pack("{s:b}", "running", 0);
	return json_pack("{s:I, s:I, s:I, s:b}", "count", (json_int_t)l->o.count, "sent", (json_int_t)l->sent, "deleted",
		(json_int_t)l->deleted, "running", l->deleted < l->o.count);
}

void load_deleted(struct sim *sim, unsigned id)
{
	struct load *l = sim->load;

	if (l && l->id == id && ++l->deleted == l->o.count && watch_wanted(sim, WATCH_LOAD))
		watch_tell(sim, WATCH_LOAD, NULL, load_json(sim));
}
