#include "core/service/balance.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/config/wording.h"
#include "core/control/control.h"
#include "core/link/links.h"
#include "core/outbound/dispatch.h"
#include "core/outbound/warn.h"
#include "core/service/balance_read.h"
#include "core/service/service.h"
#include "core/service/ussd.h"
#include "core/turn.h"
#include "store/balance.h"

/* One for each modem that ever connected. */
struct purse {
	struct core *core;
	char modem[WIRE_NAME_MAX + 1];
	const struct config_operator *operator; /* of the SIM that is in it; NULL: none that is asked */
	char imsi[17];
	bool known, ready, asking;
	struct balance_row row;
	int64_t due_ms;           /* boot time of the next question */
	int64_t parts;            /* sent since the last one */
};

struct balance {
	struct core *core;
	struct purse list[SERVICE_MODEMS_MAX];
	size_t count;
	struct event *timer;
};

static struct purse *of_modem(const struct core *core, const char *modem)
{
	struct balance *b = core->service ? core->service->balance : NULL;

	for (size_t i = 0; b && i < b->count; i++)
		if (strcmp(b->list[i].modem, modem) == 0)
			return &b->list[i];
	return NULL;
}

/* ---- when -------------------------------------------------------------------------------------------------------- */

static int64_t now_ms(const struct purse *p)
{
	return hl_boot_ms(p->core->clock);
}

static void arm(struct balance *b)
{
	int64_t now = hl_boot_ms(b->core->clock), next = INT64_MAX, wait;
	struct timeval tv;

	for (size_t i = 0; i < b->count; i++) {
		const struct purse *p = &b->list[i];
		if (p->operator && p->ready && !p->asking && p->due_ms < next)
			next = p->due_ms;
	}
	if (next == INT64_MAX) {
		event_del(b->timer);
		return;
	}
	wait = next > now ? next - now : 0;
	tv = (struct timeval){ .tv_sec = (time_t)(wait / 1000), .tv_usec = (suseconds_t)(wait % 1000 * 1000) };
	event_add(b->timer, &tv);
}

static void due_in(struct purse *p, int64_t ms)
{
	p->due_ms = now_ms(p) + ms;
	arm(p->core->service->balance);
}

static int64_t retry_ms(const struct purse *p)
{
	int64_t every_s = p->operator->balance_every_s;

	return 1000 * (every_s < BALANCE_RETRY_S ? every_s : BALANCE_RETRY_S);
}

/* After a start: when it would have been due, by wall time; a clock that was set costs one question too many or too late. */
static int64_t first_wait_ms(const struct purse *p)
{
	int64_t every_ms = p->operator->balance_every_s * 1000;
	int64_t age_ms = hl_wall_ms(p->core->clock) - p->row.told_ms;

	if (!p->known || age_ms < 0 || age_ms > every_ms)
		return 0;
	return every_ms - age_ms;
}

/* ---- what follows ------------------------------------------------------------------------------------------------ */

static void warn(const struct purse *p)
{
	const struct wording_arg args[] = { { "port", p->modem }, { NULL, NULL } };

	warn_operator(p->core, "sys.credit", p->modem, args);
}

static void load(struct purse *p)
{
	p->known = store_balance_get(p->core->store, p->imsi, &p->row);
}

struct kept {
	struct core *core;
	const char *modem; /* its purse's */
};

/* A turn that failed keeps nothing: neither the amount nor the warning. */
static void on_kept(void *arg, int err)
{
	struct kept *k = arg;
	struct purse *p = of_modem(k->core, k->modem);

	if (err && p && p->operator) {
		load(p);
		due_in(p, retry_ms(p));
	}
	free(k);
}

static void take(struct purse *p, int64_t amount)
{
	struct core *core = p->core;
	struct balance_verdict v = balance_judge(amount, p->operator->balance_low, p->known && p->row.low);
	struct kept *k = hl_calloc(1, sizeof(*k));

	turn_begin(core->turn); /* also leases what the floor held back */
	p->known = true;
	p->row = (struct balance_row){ amount, hl_wall_ms(core->clock), v.low };
	store_balance_put(core->store, p->imsi, &p->row);
	if (v.warn)
		warn(p);
	*k = (struct kept){ core, p->modem };
	turn_reply(core->turn, on_kept, k);
	control_event(core, "balance", json_pack("{s:s, s:I, s:s, s:b}", "modem", p->modem, "amount", (json_int_t)amount, "currency",
		p->operator->currency, "low", v.low));
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

static void on_result(struct core *core, void *arg, const struct ussd_result *r)
{
	struct purse *p = arg;
	int64_t amount;

	p->asking = false;
	if (strcmp(r->state, "open") == 0)
		service_ussd_cancel(core, r->id);
	if (!core->service || !core->service->balance || !p->operator)
		return; /* the SIM was changed meanwhile, or the core ends */
	if (balance_read(p->operator->balance_pattern, r->text, &amount) == 0) {
		take(p, amount);
		due_in(p, p->operator->balance_every_s * 1000);
		return;
	}
	hl_log(HL_LOG_NOTICE, "balance", "not_told modem=%s state=%s octets=%zu mend=\"%s\"", p->modem, r->state, strlen(r->text),
		*r->text ? "does balance_pattern of its operator fit the text?" : r->why);
	due_in(p, retry_ms(p));
}

static void ask(struct purse *p)
{
	struct hl_reason why;

	if (!service_ussd_is_free(p->core, p->modem)) {
		p->due_ms = now_ms(p) + BALANCE_BUSY_S * 1000;
		return;
	}
	p->asking = true;
	p->parts = 0;
	if (service_ussd_dial(p->core, p->modem, p->operator->balance_code, on_result, p, &why) < 0) {
		p->asking = false;
		p->due_ms = now_ms(p) + retry_ms(p);
	}
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct balance *b = arg;

	(void)fd;
	(void)what;
	for (size_t i = 0; i < b->count; i++) {
		struct purse *p = &b->list[i];
		if (p->operator && p->ready && !p->asking && p->due_ms <= now_ms(p))
			ask(p);
	}
	arm(b);
}

/* ---- from other rooms -------------------------------------------------------------------------------------------- */

bool balance_allows(const struct core *core, const char *modem, enum outbox_lane lane)
{
	const struct purse *p = of_modem(core, modem);

	if (lane != LANE_CAMPAIGN || !p || !p->operator || !p->known)
		return true;
	return p->row.amount >= p->operator->balance_floor;
}

void service_balance_due(struct core *core)
{
	struct balance *b = core->service->balance;

	for (size_t i = 0; i < b->count; i++)
		b->list[i].due_ms = hl_boot_ms(core->clock);
	arm(b);
}

void balance_sent(struct core *core, const char *modem, size_t parts)
{
	struct purse *p = of_modem(core, modem);

	if (!p || !p->operator)
		return;
	p->parts += (int64_t)parts;
	if (p->operator->balance_after && p->parts >= p->operator->balance_after && !p->asking) {
		p->parts = 0;
		due_in(p, 0);
	}
}

static void other_sim(struct purse *p, const char *imsi)
{
	const struct config *config = p->core->config;
	int found = operator_of_imsi(config, imsi);

	hl_strlcpy(p->imsi, sizeof(p->imsi), imsi);
	p->operator = found == OPERATOR_NONE || !config->operators[found].balance_code[0] ? NULL : &config->operators[found];
	p->parts = 0;
	p->known = false;
	if (!p->operator)
		return;
	load(p);
	p->due_ms = now_ms(p) + first_wait_ms(p);
}

static struct purse *add(struct core *core, const char *modem)
{
	struct balance *b = core->service->balance;
	struct purse *p;

	if (b->count == SERVICE_MODEMS_MAX)
		return NULL; /* links knows no more of them */
	p = &b->list[b->count++];
	p->core = core;
	hl_strlcpy(p->modem, sizeof(p->modem), modem);
	return p;
}

void balance_link_told(struct core *core, const char *link)
{
	struct purse *p = of_modem(core, link);
	struct link_view v;
	bool changed;

	if (!p)
		p = add(core, link);
	for (size_t i = 0; p && links_view(core->links, i, &v); i++) {
		if (strcmp(v.name, link) != 0)
			continue;
		changed = p->ready != v.ready;
		p->ready = v.ready;
		if (v.modem->imsi[0] && strcmp(v.modem->imsi, p->imsi) != 0) {
			other_sim(p, v.modem->imsi);
			changed = true; /* some modems name their SIM only after they are ready */
		}
		if (changed)
			arm(core->service->balance);
		return;
	}
}

/* ---- for people -------------------------------------------------------------------------------------------------- */

void balance_show(const struct core *core, const char *modem, json_t *o)
{
	const struct purse *p = of_modem(core, modem);

	if (!p || !p->operator || !p->known)
		return;
	json_object_set_new(o, "balance", json_pack("{s:I, s:s, s:I, s:b, s:b}", "amount", (json_int_t)p->row.amount, "currency",
		p->operator->currency, "told_ms", (json_int_t)p->row.told_ms, "low", p->row.low, "below_floor",
		p->row.amount < p->operator->balance_floor));
}

void balance_warnings(const struct core *core, json_t *warnings)
{
	const struct balance *b = core->service ? core->service->balance : NULL;

	for (size_t i = 0; b && i < b->count; i++) {
		const struct purse *p = &b->list[i];
		if (p->operator && p->known && p->row.low)
			json_array_append_new(warnings, json_sprintf("the SIM of modem %s has %" PRId64 " %s left: top it up%s", p->modem,
				p->row.amount, p->operator->currency, p->row.amount < p->operator->balance_floor ?
				" (it carries no campaign any more)" : ""));
	}
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

struct balance *balance_new(struct core *core)
{
	struct balance *b = hl_calloc(1, sizeof(*b));

	b->core = core;
	b->timer = evtimer_new(core->base, on_timer, b);
	if (!b->timer)
		hl_fatal(EX_OSERR, "making a timer failed");
	return b;
}

void balance_free(struct balance *b)
{
	if (!b)
		return;
	event_free(b->timer);
	free(b);
}
