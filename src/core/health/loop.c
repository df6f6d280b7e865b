#include "core/health/loop.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/health/loop_text.h"
#include "core/link/links.h"
#include "core/outbound/outbox.h"
#include "core/outbound/warn.h"
#include "core/turn.h"

/* The way to one modem. */
struct way {
	char from[33], to[33];
	int64_t made_ms;     /* wall time that stands in the text under way */
	int64_t due_boot_ms; /* it is overdue then; 0: none is under way */
	struct loop_state state;
	bool told;           /* the operator knows that it is overdue */
};

struct loop {
	struct core *core;
	int64_t next_boot_ms;
	struct way ways[CONFIG_MODEMS_MAX];
	size_t count;
};

struct loop *loop_new(struct core *core)
{
	struct loop *l;

	if (core->config->loop_s == 0)
		return NULL;
	l = hl_calloc(1, sizeof(*l));
	l->core = core;
	l->next_boot_ms = hl_boot_ms(core->clock) + core->config->loop_wait_s * 1000; /* the modems find their networks first */
	return l;
}

void loop_free(struct loop *l)
{
	free(l);
}

static struct way *way_to(struct loop *l, const char *modem)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->ways[i].to, modem) == 0)
			return &l->ways[i];
	return NULL;
}

static struct way *way_make(struct loop *l, const char *modem)
{
	struct way *w = way_to(l, modem);

	if (w || l->count == CONFIG_MODEMS_MAX)
		return w;
	w = &l->ways[l->count++];
	hl_strlcpy(w->to, sizeof(w->to), modem);
	w->state.took_ms = -1;
	return w;
}

/* ---- sending ------------------------------------------------------------------------------------------------------ */

static void send_text(struct loop *l, struct way *w, const char *from, const struct config_modem *to)
{
	struct loop_text t = { .time_ms = hl_wall_ms(l->core->clock) };
	char text[LOOP_TEXT_MAX + 1];
	struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_LOOP, .recipient = "", .text = text, .modem = from };

	hl_strlcpy(t.from, sizeof(t.from), from);
	hl_strlcpy(t.to, sizeof(t.to), to->name);
	hl_strlcpy(w->from, sizeof(w->from), from);
	hl_strlcpy(item.to.e164, sizeof(item.to.e164), to->number);
	loop_text_make(l->core->vault, &t, text);
	turn_begin(l->core->turn);
	if (outbox_add(l->core, &item) < 0)
		return;
	w->made_ms = t.time_ms;
	w->due_boot_ms = hl_boot_ms(l->core->clock) + l->core->config->loop_wait_s * 1000;
}

/* Modems that take part now: ready, with a number. */
static size_t gather(struct loop *l, const struct config_modem *list[CONFIG_MODEMS_MAX])
{
	struct link_view v;
	size_t n = 0;

	for (size_t i = 0; n < CONFIG_MODEMS_MAX && links_view(l->core->links, i, &v); i++)
		if (v.ready && v.config->number[0])
			list[n++] = v.config;
	return n;
}

/* A ring: each is sent one, and each sends one. */
static void send_all(struct loop *l)
{
	const struct config_modem *list[CONFIG_MODEMS_MAX];
	size_t n = gather(l, list);

	for (size_t i = 0; i < n; i++) {
		struct way *w = way_make(l, list[i]->name);
		if (w && !w->due_boot_ms)
			send_text(l, w, list[(i + 1) % n]->name, list[i]);
	}
}

/* ---- waiting ------------------------------------------------------------------------------------------------------ */

static void tell_overdue(struct loop *l, struct way *w)
{
	w->state.overdue = true;
	w->due_boot_ms = 0;
	if (w->told)
		return;
	w->told = true;
	turn_begin(l->core->turn);
	warn_operator(l->core, "sys.loop", w->to, (struct wording_arg[]){ { "port", w->to }, { NULL, NULL } });
}

void loop_tick(struct loop *l)
{
	int64_t now;

	if (!l)
		return;
	now = hl_boot_ms(l->core->clock);
	for (size_t i = 0; i < l->count; i++)
		if (l->ways[i].due_boot_ms && l->ways[i].due_boot_ms <= now)
			tell_overdue(l, &l->ways[i]);
	if (now < l->next_boot_ms)
		return;
	l->next_boot_ms = now + l->core->config->loop_s * 1000;
	send_all(l);
}

void loop_arrived(struct loop *l, const char *modem, const char *from, int64_t made_ms)
{
	struct way *w = l ? way_make(l, modem) : NULL;

	if (!w)
		return;
	w->state.arrived_ms = hl_wall_ms(l->core->clock);
	w->state.took_ms = w->state.arrived_ms > made_ms ? w->state.arrived_ms - made_ms : 0;
	w->state.overdue = w->told = false;
	if (made_ms >= w->made_ms)
		w->due_boot_ms = 0;
	hl_log(HL_LOG_INFO, "health", "loop from=%s to=%s took_ms=%lld", from, modem, (long long)w->state.took_ms);
}

struct loop_state loop_state_of(const struct loop *l, const char *modem)
{
	static const struct loop_state none = { .took_ms = -1 };

	for (size_t i = 0; l && i < l->count; i++)
		if (strcmp(l->ways[i].to, modem) == 0)
			return l->ways[i].state;
	return none;
}

void loop_complain(const struct loop *l, json_t *list)
{
	for (size_t i = 0; l && i < l->count; i++)
		if (l->ways[i].state.overdue)
			json_array_append_new(list, json_sprintf("the test text from modem %s to modem %s did not arrive: does %s receive? "
				"See `hotlinectl modems`, then text it from a telephone", l->ways[i].from, l->ways[i].to, l->ways[i].to));
}
