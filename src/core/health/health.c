#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/swap.h"
#include "core/duty/live.h"
#include "core/health/health_inside.h"
#include "core/health/loop_text.h"
#include "core/health/metrics.h"
#include "core/link/links.h"
#include "core/outbound/warn.h"
#include "core/report/report.h"
#include "core/turn.h"

#define TICK_MOST_MS 5000
#define TICK_LEAST_MS 200

/* ---- modems that are down ------------------------------------------------------------------------------------------ */

static struct modem_mood *mood_of(struct health *h, const char *name)
{
	struct modem_entry *e = h->modems;

	for (; e < h->modems + h->modem_count; e++)
		if (strcmp(e->name, name) == 0)
			return &e->mood;
	if (h->modem_count == CONFIG_MODEMS_MAX)
		return NULL;
	h->modem_count++;
	hl_strlcpy(e->name, sizeof(e->name), name);
	return &e->mood;
}

static void look_at_modem(struct health *h, const struct link_view *v)
{
	static const char *const keys[] = { [MODEM_DOWN] = "sys.modem_down", [MODEM_UP] = "sys.modem_up" };
	struct modem_mood *mood = mood_of(h, v->name);
	enum modem_news news = MODEM_NOTHING;

	if (mood)
		news = modem_news_decide(mood, v->ready, hl_boot_ms(h->core->clock), h->core->config->modem_down_s * 1000);
	if (news == MODEM_NOTHING)
		return;
	turn_begin(h->core->turn);
	warn_operator(h->core, keys[news], v->name, (struct wording_arg[]){ { "port", v->name }, { NULL, NULL } });
}

static void look_at_modems(struct health *h)
{
	struct link_view v;

	for (size_t i = 0; links_view(h->core->links, i, &v); i++)
		look_at_modem(h, &v);
}

/* ---- metrics ------------------------------------------------------------------------------------------------------ */

static void write_metrics(struct health *h)
{
	const struct config *c = h->core->config;
	int64_t now = hl_boot_ms(h->core->clock);
	struct hl_reason why;
	uint64_t left_out;

	if (!c->metrics_file[0] || now < h->metrics_boot_ms)
		return;
	h->metrics_boot_ms = now + c->metrics_s * 1000;
	if (metrics_write(h->core, c->metrics_file, &why) && hl_seldom(&h->unwritten, now, &left_out))
		hl_log(HL_LOG_WARNING, "health", "metrics why=\"%s\" left_out=%" PRIu64, why.text, left_out);
}

/* ---- the room ------------------------------------------------------------------------------------------------------ */

void health_tick(struct core *core)
{
	struct health *h = core->health;

	if (core->links) {
		look_at_modems(h);
		loop_tick(h->loop);
	}
	quiet_tick(h->quiet);
	report_tick(core);
	roster_live_tick(core);
	swap_tick(core);
	write_metrics(h);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct core *core = arg;

	(void)fd;
	(void)what;
	health_tick(core);
}

/* Often enough to keep the shortest of the times in the configuration. */
static int64_t tick_ms(const struct config *c)
{
	int64_t ms = c->modem_down_s * 1000 / 4;

	if (c->loop_s && c->loop_wait_s * 1000 / 4 < ms)
		ms = c->loop_wait_s * 1000 / 4;
	return ms < TICK_LEAST_MS ? TICK_LEAST_MS : ms > TICK_MOST_MS ? TICK_MOST_MS : ms;
}

struct health *health_new(struct core *core)
{
	struct health *h = hl_calloc(1, sizeof(*h));
	int64_t ms = tick_ms(core->config);
	const struct timeval tv = { .tv_sec = (time_t)(ms / 1000), .tv_usec = (suseconds_t)(ms % 1000 * 1000) };

	h->core = core;
	h->loop = loop_new(core);
	h->quiet = quiet_new(core);
	h->timer = event_new(core->base, -1, EV_PERSIST, on_timer, core);
	if (!h->timer || event_add(h->timer, &tv))
		hl_fatal(EX_OSERR, "making a timer failed");
	return h;
}

void health_free(struct health *h)
{
	if (!h)
		return;
	event_free(h->timer);
	loop_free(h->loop);
	quiet_free(h->quiet);
	free(h);
}

bool health_take_loop(struct core *core, const char *modem, const char *text)
{
	struct loop_text t;

	if (!loop_text_read(core->vault, text, &t))
		return false;
	if (strcmp(t.to, modem) == 0)
		loop_arrived(core->health->loop, modem, t.from, t.time_ms);
	else
		hl_log(HL_LOG_WARNING, "health", "loop_went_wrong to=%s arrived=%s mend=\"the number of one of them in hotlined.conf is "
			"not that of its SIM\"", t.to, modem);
	return true;
}

json_t *health_complaints(struct core *core)
{
	json_t *list = json_array();

	if (!core->health)
		return list;
	loop_complain(core->health->loop, list);
	if (quiet_hours(core->health->quiet))
		json_array_append_new(list, json_sprintf("unusually quiet for %zu hours: is the number reachable? Text it from a telephone",
			quiet_hours(core->health->quiet)));
	return list;
}
