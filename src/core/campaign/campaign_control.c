/* campaign.approve, withdraw, schedule, start, pause, resume, cancel, archive, test (core/control/control.h): each of these is on record. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/campaign/campaign_asked.h"
#include "core/campaign/campaign_inside.h"
#include "conf/conf.h"
#include "core/contacts/eligible.h"
#include "core/number.h"
#include "core/outbound/notice.h"
#include "core/people/lineage.h"
#include "core/roster/local_time.h"
#include "core/roster/roster.h"
#include "store/audit.h"
#include "store/store.h"
#include "vault/vault.h"
#include "wire/link.h"

#define AHEAD_MOST_MS (366 * INT64_C(86400000))

void campaign_record(const struct control_call *call, const char *action, const char *name, const char *detail)
{
	audit_append(call->core->store, hl_wall_ms(call->core->clock), control_actor(call), action, name, detail);
}

bool campaign_asked(struct control_call *call, struct campaign_row *row)
{
	const char *name = control_need(call, "name", CAMPAIGN_NAME_MAX);

	if (!name)
		return false;
	if (campaign_get_name(call->core->store, name, row))
		return true;
	control_fail(call, HL_ENOENT, "there is no campaign \"%s\": hotlinectl campaign list", name);
	return false;
}

/* What each state is left by, for whoever asked for something that cannot be. */
static const char *mend_of(enum campaign_state state)
{
	static const char *const mends[CAMPAIGN_STATES] = {
		[CAMPAIGN_DRAFT] = "preview it, then have it approved",
		[CAMPAIGN_APPROVED] = "start or schedule it, or withdraw it to change it",
		[CAMPAIGN_SCHEDULED] = "it starts by itself; start it now, withdraw or cancel it",
		[CAMPAIGN_RUNNING] = "pause or cancel it",
		[CAMPAIGN_PAUSED] = "resume or cancel it",
		[CAMPAIGN_PAUSED_ERRORS] = "resume or cancel it",
		[CAMPAIGN_PAUSED_BUDGET] = "resume it with a higher budget, or cancel it",
		[CAMPAIGN_PAUSED_EMERGENCY] = "it goes on by itself once an officer has the emergency; pause or cancel it",
		[CAMPAIGN_PAUSED_BALANCE] = "it goes on by itself once a SIM was topped up; pause or cancel it",
		[CAMPAIGN_PAUSED_QUIET] = "it goes on by itself when its hours begin; pause or cancel it",
		[CAMPAIGN_FINISHED] = "archive it",
		[CAMPAIGN_CANCELLED] = "archive it",
		[CAMPAIGN_ARCHIVED] = "nothing changes it any more",
	};

	return mends[state];
}

static bool may_be(struct control_call *call, const struct campaign_row *row, enum campaign_event event)
{
	if (campaign_state_next((enum campaign_state)row->state, event) != CAMPAIGN_IGNORE)
		return true;
	control_fail(call, HL_ESTATE, "%s is %s: %s", row->name, campaign_state_name((enum campaign_state)row->state),
		mend_of((enum campaign_state)row->state));
	return false;
}

/* Enters, records and answers. */
static void change(struct control_call *call, struct campaign_row *row, enum campaign_event event, const char *why, const char *detail)
{
	char action[32];

	snprintf(action, sizeof(action), "campaign.%s", campaign_event_name(event));
	campaign_enter(call->core, row, event, why);
	campaign_changed(call->core, row->id);
	campaign_record(call, action, row->name, detail);
	control_ok(call, json_pack("{s:o}", "campaign", campaign_json(call->core, row)));
}

static void simply(struct control_call *call, enum campaign_event event)
{
	struct campaign_row row;

	if (campaign_asked(call, &row) && may_be(call, &row, event))
		change(call, &row, event, "", "");
}

/* ---- approval ------------------------------------------------------------------------------------------------------------------ */

/* Of very few people the counts would tell what became of the text to each: who has an open case gets none. */
static bool is_planned(struct control_call *call, const struct campaign_row *row, int64_t recipients)
{
	int64_t least = call->core->config->campaign_least;

	if (row->planned != CAMPAIGN_PLANNED)
		control_fail(call, HL_ESTATE, "nobody has seen yet whom %s would reach: hotlinectl campaign preview %s", row->name, row->name);
	else if (recipients == 0 && row->kind != CAMPAIGN_KEYWORD)
		control_fail(call, HL_ENOENT, "nobody may get %s: hotlinectl campaign preview %s shows why; change groups or districts, or import "
			"people who agreed", row->name, row->name);
	else if (recipients < least && row->kind != CAMPAIGN_KEYWORD)
		control_fail(call, HL_ERANGE, "%s has %" PRId64 " recipients, and a campaign at least %" PRId64 " (campaign_least): "
			"choose more groups or districts; to try its texts: hotlinectl campaign test %s", row->name, recipients, least, row->name);
	else
		return true;
	return false;
}

void control_campaign_approve(struct control_call *call)
{
	int64_t recipients, two_above = call->core->config->campaign_two_above;
	const char *who = session_name(call->session);
	struct campaign_row row;
	char detail[64];

	if (!campaign_asked(call, &row) || !may_be(call, &row, CAMPAIGN_EV_APPROVE))
		return;
	recipients = campaign_count_of(call->core->store, row.id, RECIPIENT_WAITING);
	if (!is_planned(call, &row, recipients))
		return;
	if (recipients > two_above && (strcmp(who, row.made_by) == 0 || !lineage_are_two_now(call->core, who, row.made_by))) {
		campaign_record(call, "campaign.approve.failed", row.name, "by who made it");
		control_fail(call, HL_EAUTH, "%s has %" PRId64 " recipients: with more than %" PRId64 ", somebody else than who "
			"made it approves it, and nobody whom they added", row.name, recipients, two_above);
		return;
	}
	hl_strlcpy(row.approved_by, sizeof(row.approved_by), who);
	row.approved_ms = hl_wall_ms(call->core->clock);
	snprintf(detail, sizeof(detail), "%" PRId64 " recipients", recipients);
	change(call, &row, CAMPAIGN_EV_APPROVE, "", detail);
}

void control_campaign_withdraw(struct control_call *call)
{
	struct campaign_row row;

	if (!campaign_asked(call, &row) || !may_be(call, &row, CAMPAIGN_EV_WITHDRAW))
		return;
	row.approved_by[0] = '\0';
	row.approved_ms = row.start_ms = 0;
	row.planned = CAMPAIGN_NOT_PLANNED; /* it may be long ago */
	change(call, &row, CAMPAIGN_EV_WITHDRAW, "", "");
}

/* ---- time ------------------------------------------------------------------------------------------------------------------------ */

/* One more may be live. */
static bool has_room(struct control_call *call, const struct campaign_row *row)
{
	struct campaign_row *rows = hl_calloc(CAMPAIGNS_LIVE_MAX, sizeof(*rows));
	size_t n = campaign_list_live(call->core->store, 0, rows, CAMPAIGNS_LIVE_MAX);
	bool room = n < CAMPAIGNS_LIVE_MAX || row->state == CAMPAIGN_SCHEDULED;

	free(rows);
	if (!room)
		control_fail(call, HL_EBUSY, "%d campaigns are scheduled or under way: finish or cancel one first", CAMPAIGNS_LIVE_MAX);
	return room;
}

void control_campaign_schedule(struct control_call *call)
{
	int64_t now = hl_wall_ms(call->core->clock), at;
	const char *text = control_text(call, "at");
	struct campaign_row row;

	if (!campaign_asked(call, &row) || !may_be(call, &row, CAMPAIGN_EV_SCHEDULE) || !has_room(call, &row))
		return;
	if (!text || !local_time_read(text, &at))
		control_fail(call, HL_EINVAL, "at must be a date and time such as \"2026-12-24 10:00\"");
	else if (at <= now)
		control_fail(call, HL_ERANGE, "%s has passed: give a time to come, or start it now", text);
	else if (at - now > AHEAD_MOST_MS)
		control_fail(call, HL_ERANGE, "%s is more than a year ahead: who agreed today may not then", text);
	else {
		row.start_ms = at;
		campaign_update(call->core->store, &row); /* scheduled anew, its state stays */
		change(call, &row, CAMPAIGN_EV_SCHEDULE, "", text);
	}
}

void control_campaign_start(struct control_call *call)
{
	struct campaign_row row;

	if (!campaign_asked(call, &row) || !may_be(call, &row, CAMPAIGN_EV_START) || !has_room(call, &row))
		return;
	if (!campaign_begin(call->core, &row, "")) {
		control_fail(call, HL_EVERSION, "the definition of %s is of another version of this program: make it again", row.name);
		return;
	}
	campaign_changed(call->core, row.id);
	campaign_record(call, "campaign.start", row.name, "");
	control_ok(call, json_pack("{s:o}", "campaign", campaign_json(call->core, &row)));
}

void control_campaign_pause(struct control_call *call)
{
	simply(call, CAMPAIGN_EV_PAUSE);
}

void control_campaign_resume(struct control_call *call)
{
	const json_t *budget = json_object_get(call->request, "budget");
	struct campaign_row row;
	char detail[48] = "";

	if (!campaign_asked(call, &row) || !may_be(call, &row, CAMPAIGN_EV_RESUME))
		return;
	if (budget && (!json_is_integer(budget) || json_integer_value(budget) < 0)) {
		control_fail(call, HL_EINVAL, "budget must be a whole number, 0: no cap");
		return;
	}
	if (budget) {
		row.budget = json_integer_value(budget);
		snprintf(detail, sizeof(detail), "budget %" PRId64, row.budget);
	}
	if (row.state == CAMPAIGN_PAUSED_BUDGET && row.budget > 0 && row.budget <= row.spent) {
		control_fail(call, HL_ERANGE, "it has spent %" PRId64 " of %" PRId64 ": resume it with a higher budget", row.spent, row.budget);
		return;
	}
	change(call, &row, CAMPAIGN_EV_RESUME, "", detail);
}

void control_campaign_cancel(struct control_call *call)
{
	simply(call, CAMPAIGN_EV_CANCEL);
}

void control_campaign_archive(struct control_call *call)
{
	struct campaign_row row;

	if (!campaign_asked(call, &row) || !may_be(call, &row, CAMPAIGN_EV_ARCHIVE))
		return;
	row.archived_ms = hl_wall_ms(call->core->clock);
	change(call, &row, CAMPAIGN_EV_ARCHIVE, "", "");
}

/* ---- test ------------------------------------------------------------------------------------------------------------------------- */

/* Somebody of the roster, or a number of somebody who agreed: a test is no way to text strangers. Of who may not be texted because of what is not
 * told (contacts_reason_shown()), *quiet: the test looks like any other, and goes nowhere. */
static bool test_to(struct control_call *call, struct number *to, bool *quiet)
{
	enum contacts_reason reason;
	const char *name = control_text(call, "to"), *number = control_text(call, "number");
	const struct roster_person *p = name ? roster_find_name(call->core->roster, name) : NULL;
	uint8_t alias[VAULT_HASH];
	bool answerable = false;

	if (p) {
		*to = p->number;
		return true;
	}
	if (name || !number) {
		control_fail(call, HL_ENOENT, "to must be a name of the roster; or give your own number");
		return false;
	}
	if (number_normalise(number, call->core->config->country, to, &answerable) || !answerable) {
		control_fail(call, HL_EINVAL, "that is no phone number");
		return false;
	}
	vault_alias(call->core->vault, to->e164, alias);
	reason = contacts_may_get_campaign(call->core, alias, to);
	*quiet = reason != CONTACTS_OK;
	if (contacts_reason_shown(reason) == CONTACTS_OK)
		return true;
	control_fail(call, HL_EAUTH, "that number has not agreed to campaigns: text START from it first, or send the test to a name of the roster");
	return false;
}

static bool test_text(struct control_call *call, const struct campaign_row *row, char *text, size_t size)
{
	const struct campaign_def *def = campaign_def_of(call->core, row->id);
	const char *language = control_text(call, "language"), *district = control_text(call, "district");
	struct campaign_recipient_row r = { .campaign_id = row->id, .language = WORDING_MN };
	enum wording_language l = WORDING_MN;

	if (language && !wording_language_from_name(language, &l)) {
		control_fail(call, HL_EINVAL, "language is mn, mn-latn or en");
		return false;
	}
	r.language = (int)l;
	hl_strlcpy(r.district, sizeof(r.district), district ? district : "");
	if (def && campaign_words(call->core, &r, campaign_text_pick(campaign_def_opening(def), l), NULL, text, size) > 0)
		return true;
	control_fail(call, HL_ENOENT, "%s has no text that could be sent", row->name);
	return false;
}

void control_campaign_test(struct control_call *call)
{
	char text[WIRE_TEXT_MAX + 1];
	struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_TEST, .text = text, .modem = "",
		.recipient = session_name(call->session) };
	static const struct outbox_detail why = { .why = "the gate would not let it out" };
	struct outbox_row queued;
	struct campaign_row row;
	bool quiet = false;
	int64_t id;

	if (!campaign_asked(call, &row) || !test_text(call, &row, text, sizeof(text)) || !test_to(call, &item.to, &quiet))
		return;
	if (store_outbox_purpose_waiting(call->core->store, LANE_DIALOGUE, CHANNEL_SMS, OUTBOX_TEST, item.recipient)) {
		control_fail(call, HL_EBUSY, "a test of yours is still on its way");
		return;
	}
	id = outbox_add(call->core, &item);
	explicit_bzero(&item.to, sizeof(item.to));
	if (quiet && id > 0 && store_outbox_get(call->core->store, id, &queued))
		outbox_move(call->core, &queued, OUTBOX_EV_CANCEL, &why);
	campaign_record(call, "campaign.test", row.name, "");
	if (id < 0)
		control_fail(call, (int)id, "queueing the text failed: %s", hl_strerror((int)id));
	else
		control_ok(call, json_pack("{s:I, s:s}", "id", (json_int_t)id, "text", text));
}
