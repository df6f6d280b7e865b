/* Alerts in words: contentless, in the person's language, into the outbox. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/ack_code.h"
#include "core/alert/alert_inside.h"
#include "core/config/config.h"
#include "core/config/wording.h"
#include "core/link/links.h"
#include "core/outbound/notice.h"
#include "store/outbox.h"
#include "wire/link.h"

#define MINUTES_MAX 999
#define DIGEST_MAX 999

enum wording_language alert_language_of(const struct roster_person *p)
{
	enum wording_language lang = WORDING_MN;

	wording_language_from_name(p->language, &lang);
	return lang;
}

/* A label of the wording; the fallback's where it has none of that name. */
static void label(struct core *core, enum wording_language lang, const char *family, const char *name,
	const char *fallback,
	char out[ALERT_LABEL_MAX])
{
	char key[64];

	snprintf(key, sizeof(key), "%s.%s", family, name);
	if (wording_render(core->wording, key, lang, NULL, out, ALERT_LABEL_MAX) > 0)
		return;
	snprintf(key, sizeof(key), "%s.%s", family, fallback);
	if (wording_render(core->wording, key, lang, NULL, out, ALERT_LABEL_MAX) <= 0)
		hl_strlcpy(out, ALERT_LABEL_MAX, "?");
}

void alert_label(struct core *core, const struct roster_person *person, const char *family, const char *name, const char *fallback,
	char out[ALERT_LABEL_MAX])
{
	label(core, alert_language_of(person), family, name, fallback, out);
}

/* Since it was raised, by a clock that nobody sets. */
static int64_t minutes_of(struct core *core, const struct alert_row *alert)
{
	int64_t minutes = (hl_boot_ms(core->clock) - alert->raised_boot_ms) / 60000;

	return minutes < 0 ? 0 : minutes > MINUTES_MAX ? MINUTES_MAX : minutes;
}

static void render(struct core *core, const struct alert_row *alert, const struct case_row *row,
	const struct roster_person *p,
	const char *key, char *out, size_t size)
{
	enum wording_language lang = alert_language_of(p);
	char prio[ALERT_LABEL_MAX], type[ALERT_LABEL_MAX], dist[ALERT_LABEL_MAX], min[8], ack[ACK_CODE_SIZE] = "";
	const struct wording_arg args[] = { { "code", row->code }, { "prio", prio }, { "type", type }, { "dist", dist },
		{ "min", min }, { "ack", ack },
		{ NULL, NULL } };

	label(core, lang, "prio", triage_urgency_name((enum triage_urgency)alert->urgency), "low", prio);
	label(core, lang, "type", triage_exploitation_name((enum triage_exploitation)row->exploitation), "none", type);
	label(core, lang, "dist", row->district[0] ? row->district : "unknown", "unknown", dist);
	if (strncmp(key, "alert.", 6) == 0 && strcmp(key, alert_text_key(ALERT_TEXT_MORE)) != 0)
		ack_code_of(core, alert->id, p, ack);
	snprintf(min, sizeof(min), "%d", (int)minutes_of(core, alert));
	if (wording_render(core->wording, key, lang, args, out, size) > 0)
		return;
	hl_log(HL_LOG_ERR, "alert", "no_wording key=%s language=%s mend=\"the code alone was sent\"", key, p->language);
	hl_strlcpy(out, size, row->code); /* an alert without words is better than none */
}

/* The same by another channel, where they have one. Escalation waits for none of these. */
static void also_tell(struct core *core, const struct outbox_item *text, const struct case_row *row,
	const struct roster_person *person, const struct alert_row *alert, enum outbox_channel channel)
{
	char subject[WIRE_SUBJECT_MAX + 1], body[WIRE_TEXT_MAX + 1], footer[WIRE_SUBJECT_MAX + 1] = "";
	/* The code that answers it stands in the text; whoever reads along here could acknowledge in the person's name. */
	const char *said = notice_tells(core, channel) == NOTICE_ANSWER ? text->text : subject;
	struct outbox_item item = *text;

	if (!notice_can(core, person, channel) || store_outbox_alert_waiting(core->store, alert->id, (int)channel, person->name))
		return;
	render(core, alert, row, person, "mail.subject", subject, sizeof(subject));
	if (channel == CHANNEL_MAIL)
		wording_render(core->wording, "mail.footer", alert_language_of(person), NULL, footer, sizeof(footer));
	if ((size_t)snprintf(body, sizeof(body), "%s%s%s", said, *footer ? "\n\n" : "", footer) >= sizeof(body))
		hl_strlcpy(body, sizeof(body), said);
	item.channel = channel;
	item.subject = subject;
	item.text = body;
	notice_add(core, person, &item, row->code);
}

static void queue_text(struct core *core, const struct outbox_item *text, bool other_modem)
{
	struct outbox_item item = *text;
	char last[WIRE_NAME_MAX + 1] = "";

	if (other_modem && store_outbox_alert_last_modem(core->store, item.alert_id, item.recipient, last, sizeof(last)))
		item.modem = last; /* an alert avoids the modem that it names */
	outbox_add(core, &item);
}

static struct outbox_item item_of(const struct alert_row *alert, const struct case_row *row, const struct roster_person *person,
	const char *text)
{
	return (struct outbox_item){ .lane = LANE_ALERT, .purpose = OUTBOX_ALERT, .urgency = alert->urgency, .case_id = row->id,
		.alert_id = alert->id, .recipient = person->name, .to = person->number, .text = text, .report = true, .modem = "" };
}

static void queue(struct core *core, const struct alert_row *alert, const struct case_row *row, const struct roster_person *person,
	const char *text, bool other_modem)
{
	const struct outbox_item item = item_of(alert, row, person, text);

	queue_text(core, &item, other_modem);
	if (core->config->also_mail)
		also_tell(core, &item, row, person, alert, CHANNEL_MAIL);
	if (core->config->also_webhook)
		also_tell(core, &item, row, person, alert, CHANNEL_WEBHOOK);
}

/* ---- channels in order ------------------------------------------------------------------------------------------- */

static enum outbox_channel channel_of(enum policy_channel c)
{
	return c == POLICY_MAIL ? CHANNEL_MAIL : c == POLICY_WEBHOOK ? CHANNEL_WEBHOOK : CHANNEL_SMS;
}

/* Whether anything would take it now; what nothing takes would fail without a word. */
static bool is_up(const struct core *core, enum outbox_channel channel)
{
	struct link_view v;

	if (channel != CHANNEL_SMS)
		return core->links && links_program(core->links, LINK_NOTIFY, &v) && v.ready;
	for (size_t i = 0; core->links && links_view(core->links, i, &v); i++)
		if (v.ready && v.connected)
			return true;
	return false;
}

/* The first channel from this one on that the person has and that is up, or else the first that they have; step->channel_count where
 * they have none. */
static size_t first_channel(const struct core *core, const struct policy_step *step, size_t from, const struct roster_person *person)
{
	size_t has = step->channel_count;

	for (size_t i = step->channel_count; i-- > from;) {
		if (!notice_can(core, person, channel_of(step->channels[i])))
			continue;
		if (is_up(core, channel_of(step->channels[i])) || has == step->channel_count || !is_up(core, channel_of(step->channels[has])))
			has = i;
	}
	return has;
}

static const struct policy_step *step_now(const struct core *core, const struct alert_row *alert)
{
	const struct alert_policy *p = alert->policy[0] ? policy_named(core->policies, alert->policy) : NULL;
	const struct policy_step *step = p ? &p->steps[alert->step % (int64_t)p->step_count] : NULL;

	return step && step->channel_count ? step : NULL;
}

static void ring_by(struct core *core, const struct alert_row *alert, const struct case_row *row, const struct roster_person *person,
	enum alert_text text, enum policy_channel channel, int64_t place, unsigned how)
{
	char out[WIRE_TEXT_MAX + 1];
	struct outbox_item item = item_of(alert, row, person, out);

	if (!(how & ALERT_RING_NOW) && (store_outbox_alert_waiting(core->store, alert->id, (int)channel_of(channel), person->name) ||
		alert_pace_hold(core, alert, person, text)))
		return;
	item.place = place;
	render(core, alert, row, person, alert_text_key(text), out, sizeof(out));
	if (channel_of(channel) == CHANNEL_SMS)
		queue_text(core, &item, channel == POLICY_SMS_OTHER || how & ALERT_RING_OTHER_MODEM);
	else
		also_tell(core, &item, row, person, alert, channel_of(channel));
}

bool alert_next_channel(struct core *core, const struct alert_row *alert, const struct case_row *row, const struct outbox_row *lost)
{
	const struct alert_policy *p = alert->policy[0] ? policy_named(core->policies, alert->policy) : NULL;
	const struct roster_person *person = roster_find_name(core->roster, lost->recipient);
	size_t at;
	const struct policy_step *step = policy_step_at(p, lost->place, &at);
	int64_t first = lost->place - (int64_t)at;

	if (!step || !person || !alert_is_for(core, row, person))
		return false;
	if (store_outbox_alert_later(core->store, lost, first + (int64_t)step->channel_count - 1))
		return true; /* they were told by it already */
	at = first_channel(core, step, at + 1, person);
	if (at == step->channel_count)
		return false;
	hl_log(HL_LOG_NOTICE, "alert", "next_channel case=%s person=\"%s\" place=%zu", row->code, person->name, at + 1);
	ring_by(core, alert, row, person, policy_text_at(first), step->channels[at], first + (int64_t)at, ALERT_RING_NOW);
	return true;
}

/* ---- people ------------------------------------------------------------------------------------------------------ */

void alert_ring_person(struct core *core, const struct alert_row *alert, const struct case_row *row,
	const struct roster_person *person, enum alert_text text, unsigned how)
{
	const struct policy_step *step = how & ALERT_RING_STEP ? step_now(core, alert) : NULL;
	size_t at = step ? first_channel(core, step, 0, person) : 0;
	char out[WIRE_TEXT_MAX + 1];

	if (step && at < step->channel_count) {
		ring_by(core, alert, row, person, text, step->channels[at],
			policy_place(policy_named(core->policies, alert->policy), alert->step, at), how);
		return;
	}
	if (!(how & ALERT_RING_FORCE) && store_outbox_alert_waiting(core->store, alert->id, CHANNEL_SMS, person->name))
		return; /* no modem could take the last one yet: another would only lengthen the queue */
	if (!(how & ALERT_RING_NOW) && alert_pace_hold(core, alert, person, text))
		return;
	render(core, alert, row, person, alert_text_key(text), out, sizeof(out));
	queue(core, alert, row, person, out, how & ALERT_RING_OTHER_MODEM);
}

void alert_digest_person(struct core *core, const struct alert_row *newest, const struct case_row *row,
	const struct roster_person *person, int64_t count, enum triage_urgency highest)
{
	enum wording_language lang = alert_language_of(person);
	char out[WIRE_TEXT_MAX + 1], prio[ALERT_LABEL_MAX], n[8], ack[ACK_CODE_SIZE];
	const struct wording_arg args[] = { { "n", n }, { "prio", prio }, { "code", row->code }, { "ack", ack }, { NULL, NULL } };

	ack_code_of(core, newest->id, person, ack);
	label(core, lang, "prio", triage_urgency_name(highest), "low", prio);
	snprintf(n, sizeof(n), "%d", count > DIGEST_MAX ? DIGEST_MAX : (int)count);
	if (wording_render(core->wording, "alert.digest", lang, args, out, sizeof(out)) <= 0)
		hl_strlcpy(out, sizeof(out), row->code);
	queue(core, newest, row, person, out, false);
}

static void tell_unsafe(struct core *core, const struct case_row *row, const struct roster_person *person)
{
	char out[WIRE_TEXT_MAX + 1];
	const struct wording_arg args[] = { { "code", row->code }, { NULL, NULL } };
	const struct outbox_item item = { .lane = LANE_ALERT, .purpose = OUTBOX_ALERT, .urgency = TRIAGE_HIGH, .case_id = row->id,
		.recipient = person->name, .to = person->number, .text = out, .report = false, .modem = "" };

	if (wording_render(core->wording, "alert.unsafe", alert_language_of(person), args, out, sizeof(out)) > 0)
		outbox_add(core, &item);
}

void alert_unsafe(struct core *core, const struct case_row *row, const char *asked_by)
{
	const struct roster_person *owner = roster_find_name(core->roster, row->owner);
	const struct roster_person *asker = roster_find_name(core->roster, asked_by);

	if (owner && !alert_is_for(core, row, owner))
		owner = NULL;
	if (asker && (asker == owner || !alert_is_for(core, row, asker)))
		asker = NULL;
	if (!owner && !asker)
		owner = alert_people_of(core, row)->chain[0];
	if (owner)
		tell_unsafe(core, row, owner);
	if (asker)
		tell_unsafe(core, row, asker);
}

void alert_answer_with(struct core *core, const struct roster_person *person, const char *key, const struct wording_arg *args,
	int64_t case_id)
{
	char out[WIRE_TEXT_MAX + 1];
	const struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_OFFICER, .urgency = 1, /* before receipts */
		.case_id = case_id,
		.recipient = person->name, .to = person->number, .text = out, .report = false, .modem = "" };

	if (wording_render(core->wording, key, alert_language_of(person), args, out, sizeof(out)) <= 0)
		return; /* an installation may leave an answer empty */
	outbox_add(core, &item);
}

void alert_answer(struct core *core, const struct roster_person *person, const char *key, const char *code,
	int64_t case_id)
{
	const struct wording_arg args[] = { { "code", code }, { NULL, NULL } };

	alert_answer_with(core, person, key, args, case_id);
}
