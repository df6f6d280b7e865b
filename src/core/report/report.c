#include "core/report/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/case/case.h"
#include "core/config/config.h"
#include "core/counters.h"
#include "core/outbound/notice.h"
#include "core/report/due.h"
#include "core/report/report_inside.h"
#include "core/turn.h"
#include "store/meta.h"
#include "store/outbox.h"
#include "wire/link.h"

#define FIRST 1          /* of the month */

/* ---- texts --------------------------------------------------------------------------------------------------------- */

void report_text_to(struct core *core, const struct roster_person *p, const char *key, const struct wording_arg *args)
{
	enum wording_language lang = WORDING_MN;
	char text[WIRE_TEXT_MAX + 1];
	const struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_WARNING, .urgency = REPORT_URGENCY,
		.recipient = p->name, .to = p->number, .text = text, .modem = "" };

	wording_language_from_name(p->language, &lang);
	if (wording_render(core->wording, key, lang, args, text, sizeof(text)) > 0)
		outbox_add(core, &item);
}

void report_text(struct core *core, enum roster_role role, const char *key, const struct wording_arg *args)
{
	for (size_t i = 0; i < roster_count(core->roster); i++) {
		const struct roster_person *p = roster_person(core->roster, i);
		if (p->role == role && strcmp(p->unit, CASE_UNIT_APART) != 0)
			report_text_to(core, p, key, args);
	}
}

/* ---- what is sent when ---------------------------------------------------------------------------------------------- */

static void send_day(struct core *core, int64_t due_ms)
{
	digest_send(core, "digest.day", due_ms - REPORT_DAY_MS, due_ms);
}

static void send_month(struct core *core, int64_t due_ms)
{
	digest_send(core, "digest.month", due_monthly(due_ms - 1, FIRST, core->config->digest_min), due_ms);
}

static void send_drill(struct core *core, int64_t due_ms)
{
	(void)due_ms;
	drill_start(core, "core");
}

static void send_alive(struct core *core, int64_t due_ms)
{
	char n[24];

	(void)due_ms;
	snprintf(n, sizeof(n), "%" PRId64, counter_get(core, COUNT_STORED));
	report_text(core, ROSTER_OPERATOR, "sys.alive", (struct wording_arg[]){ { "n", n }, { NULL, NULL } });
}

/* A call whose absence somebody notices: one at a time, so that what nobody takes does not pile up. */
static void send_heartbeat(struct core *core, int64_t due_ms)
{
	char n[24];
	const struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_WARNING, .urgency = REPORT_URGENCY,
		.channel = CHANNEL_WEBHOOK, .subject = "alive", .text = n, .modem = "" };

	(void)due_ms;
	snprintf(n, sizeof(n), "%" PRId64, counter_get(core, COUNT_STORED));
	for (size_t i = 0; i < roster_count(core->roster); i++) {
		const struct roster_person *p = roster_person(core->roster, i);
		if (p->role == ROSTER_OPERATOR && !store_outbox_purpose_waiting(core->store, LANE_DIALOGUE, CHANNEL_WEBHOOK, OUTBOX_WARNING, p->name))
			notice_add(core, p, &item, "");
	}
}

static int64_t day_due(const struct core *core, int64_t now_ms)
{
	return core->config->digests ? due_daily(now_ms, core->config->digest_min) : 0;
}

static int64_t month_due(const struct core *core, int64_t now_ms)
{
	return core->config->digests ? due_monthly(now_ms, FIRST, core->config->digest_min) : 0;
}

static int64_t drill_due(const struct core *core, int64_t now_ms)
{
	int day = (int)core->config->drill_day;

	return day ? due_monthly(now_ms, day, core->config->digest_min) : 0;
}

static int64_t alive_due(const struct core *core, int64_t now_ms)
{
	int64_t every_ms = core->config->alive_s * 1000;

	return every_ms ? now_ms - now_ms % every_ms : 0;
}

static int64_t heartbeat_due(const struct core *core, int64_t now_ms)
{
	int64_t every_ms = core->config->heartbeat_s * 1000;

	return every_ms ? now_ms - now_ms % every_ms : 0;
}

/* What happens again and again; `done` is the key of meta that holds the time it was last done for. */
static const struct regular {
	const char *done;
	int64_t (*due)(const struct core *core, int64_t now_ms); /* 0: switched off */
	void (*send)(struct core *core, int64_t due_ms);
} regulars[] = {
	{ "report_day_ms", day_due, send_day },
	{ "report_month_ms", month_due, send_month },
	{ "report_drill_ms", drill_due, send_drill },
	{ "report_alive_ms", alive_due, send_alive },
	{ "report_heartbeat_ms", heartbeat_due, send_heartbeat },
};

static void look(struct core *core, const struct regular *r, int64_t now_ms)
{
	int64_t due_ms = r->due(core, now_ms), last_ms = 0;

	meta_get_int(core->store, r->done, &last_ms);
	if (due_ms == 0 || last_ms >= due_ms)
		return;
	turn_begin(core->turn);
	meta_set_int(core->store, r->done, due_ms);
	if (due_is_now(due_ms, last_ms))
		r->send(core, due_ms);
}

void report_tick(struct core *core)
{
	int64_t now_ms = hl_wall_ms(core->clock);

	for (size_t i = 0; i < sizeof(regulars) / sizeof(regulars[0]); i++)
		look(core, &regulars[i], now_ms);
	drill_tick(core);
}
