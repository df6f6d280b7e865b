/* Delivery reports: what became of a text that the network took. Matched by SIM, reference, recipient and time: references go
 * round at 256, and a report may come days late or twice. */
#include <stdio.h>
#include <time.h>

#include "core/config/config.h"
#include "core/outbound/dispatch.h"
#include "core/outbound/outbox_row.h"
#include "vault/vault.h"

#define STILL_TRYING 32 /* TP-ST of TS 23.040 9.2.3.15: below it, done; from FAILED on, never */
#define FAILED 64
#define REPORT_DAYS 7   /* networks keep a text for less (TP-VP of ours is theirs to choose); a report later than that is not ours */
#define DAY_MS (24 * 60 * 60 * INT64_C(1000))

/* A part that has arrived has arrived: a late or repeated report changes nothing of it. */
static bool part_is_settled(int64_t had, int64_t status)
{
	return (had >= 0 && had < STILL_TRYING) || had == status;
}

/* "2026-11-02T16:30:05+08:00" as wall time; otherwise now: some centres set no clock. */
static int64_t stamp_ms(const char *stamp, int64_t now_ms)
{
	struct tm tm = { .tm_isdst = 0 };
	int hours, minutes;
	char sign;

	if (sscanf(stamp, "%4d-%2d-%2dT%2d:%2d:%2d%c%2d:%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min,
		&tm.tm_sec, &sign, &hours, &minutes) != 9)
		return now_ms;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	minutes += hours * 60;
	return ((int64_t)timegm(&tm) - (sign == '-' ? -minutes : minutes) * INT64_C(60)) * 1000;
}

void dispatch_report(struct core *core, const char *link, const struct wire_report *msg)
{
	struct outbox_row row;
	struct outbox_parts parts;
	struct number to;
	uint8_t alias[VAULT_HASH];
	int64_t id, seq, had, now_ms = hl_wall_ms(core->clock);
	const struct outbox_report_key key = { .imsi = msg->imsi, .mr = msg->mr, .alias = alias,
		.oldest_ms = now_ms - REPORT_DAYS * DAY_MS, .sent_ms = stamp_ms(msg->sent_at, now_ms) };
	bool answerable;

	(void)link;
	if (number_normalise(msg->to, core->config->country, &to, &answerable) != 0)
		return; /* of a text we did not send */
	vault_alias(core->vault, to.e164, alias);
	if (!store_outbox_part_find(core->store, &key, &id, &seq, &had) ||
		part_is_settled(had, msg->status))
		return;
	store_outbox_part_status(core->store, id, seq, msg->status);
	parts = store_outbox_parts(core->store, id);
	if (!store_outbox_get(core->store, id, &row))
		return;
	if (parts.delivered == parts.parts)
		outbox_move(core, &row, OUTBOX_EV_DELIVERED, NULL);
	else if (parts.failed > 0)
		outbox_move(core, &row, OUTBOX_EV_UNDELIVERED,
			&(struct outbox_detail){ .code = msg->status, .why = "not delivered" });
}
