#include "modem/outcome.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "modem/worker.h"

static void keep_and_tell(struct worker *w, const struct wire_link_msg *msg)
{
	struct outcomes *o = &w->outcomes;

	if (o->count == WIRE_LINK_WINDOW)
		memmove(&o->kept[0], &o->kept[1], --o->count * sizeof(o->kept[0]));
	o->kept[o->count++] = *msg;
	uplink_send(w->uplink, msg);
}

void outcome_sent(struct worker *w, const struct wire_sent *sent)
{
	const struct wire_link_msg msg = { .type = WIRE_SENT, .u.sent = *sent };

	w->told.sent++;
	hl_log(HL_LOG_DEBUG, "submission", "sent id=%lld parts=%zu", (long long)sent->id, sent->mrs_count);
	keep_and_tell(w, &msg);
}

static void fill_failed(struct wire_failed *failed, int64_t id, int code, const char *why)
{
	failed->id = id;
	failed->code = code;
	hl_strlcpy(failed->why, sizeof(failed->why), why);
}

void outcome_failed(struct worker *w, int64_t id, size_t part, bool final, int code, const char *why)
{
	struct wire_link_msg msg = { .type = WIRE_FAILED };

	w->told.failed++;
	hl_log(HL_LOG_NOTICE, "submission", "failed id=%lld final=%d code=%d part=%zu why=\"%s\"", (long long)id, final, code, part, why);
	fill_failed(&msg.u.failed, id, code, why);
	msg.u.failed.final = final;
	keep_and_tell(w, &msg);
}

void outcome_unknown(struct worker *w, int64_t id, size_t part, int code, const char *why)
{
	struct wire_link_msg msg = { .type = WIRE_UNKNOWN };

	w->told.unknown++;
	hl_log(HL_LOG_WARNING, "submission", "unknown id=%lld part=%zu why=\"%s\"", (long long)id, part, why);
	fill_failed(&msg.u.failed, id, code, why);
	keep_and_tell(w, &msg);
}

void outcome_released(struct worker *w, int64_t id)
{
	const struct wire_link_msg msg = { .type = WIRE_RELEASED, .u.id.id = id };

	hl_log(HL_LOG_INFO, "submission", "released id=%lld", (long long)id);
	uplink_send(w->uplink, &msg);
}

void outcome_forget(struct worker *w, int64_t id)
{
	struct outcomes *o = &w->outcomes;
	size_t kept = 0;

	for (size_t i = 0; i < o->count; i++) {
		const struct wire_link_msg *msg = &o->kept[i];
		if ((msg->type == WIRE_SENT ? msg->u.sent.id : msg->u.failed.id) == id)
			continue;
		if (kept != i)
			o->kept[kept] = *msg;
		kept++;
	}
	o->count = kept;
}

void outcome_tell_again(struct worker *w)
{
	for (size_t i = 0; i < w->outcomes.count; i++)
		uplink_send(w->uplink, &w->outcomes.kept[i]);
}
