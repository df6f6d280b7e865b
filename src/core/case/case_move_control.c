/* Requests that join two cases or take one apart (core/control/control.h). Both cases are of the asker's unit. A merge of many
 * texts goes in pieces: each request moves some, is whole by itself, and says whether there are more. */
#include <stdio.h>
#include <string.h>

#include "core/case/case_asked.h"
#include "core/case/case_hooks.h"
#include "core/case/case_link.h"
#include "core/case/case_move.h"
#include "core/case/case_reason.h"
#include "store/alert.h"
#include "store/audit.h"
#include "store/case_link.h"
#include "store/hold.h"
#include "store/message.h"
#include "store/outcome.h"

static void record(struct control_call *call, const char *action, const struct case_row *row, const char *detail)
{
	audit_append(call->core->store, hl_wall_ms(call->core->clock), session_name(call->session), action, row->code, detail);
}

static bool can_read(struct control_call *call)
{
	if (session_unit_secret(call->session))
		return true;
	control_fail(call, HL_EAUTH, "the texts must be opened for this: log in as a person of the unit");
	return false;
}

/* A legal hold is on the texts: it is on the case that gets them, too. */
static void follow_hold(struct control_call *call, const struct case_row *from, const struct case_row *into)
{
	struct core *core = call->core;

	if (!hold_get(core->store, from->id) || hold_get(core->store, into->id))
		return;
	hold_set(core->store, into->id, session_name(call->session), hl_wall_ms(core->clock));
	record(call, "case.hold", into, from->code);
}

/* ---- merging ----------------------------------------------------------------------------------------------- */

/* An alert ends only with a human: what nobody has answered goes on for the case that remains. Whoever has that case and does
 * the merge has read both. */
static void move_alerts(struct control_call *call, const struct case_row *from, struct case_row *into, int urgency)
{
	struct core *core = call->core;
	bool is_theirs = strcmp(into->owner, session_name(call->session)) == 0;

	store_alert_move_open(core->store, from->id, into->id);
	if (is_theirs)
		case_tell_taken(core, into->id, into->owner);
	else if (into->urgency > urgency && !into->owner[0])
		case_tell_raised(core, into);
}

/* Every text is there: the case ends, and what else belongs to it follows. */
static void merge_finish(struct control_call *call, struct case_row *from, struct case_row *into)
{
	struct core *core = call->core;
	int urgency = into->urgency;

	case_learn(into, from);
	case_update(core, into, into->urgency > urgency);
	outcome_move(core->store, from->id, into->id);
	case_link_move(core->store, from->id, into->id);
	cases_follow_merge(core->store, from->id, into->id);
	from->reason = CASE_REASON_MERGED;
	from->merged_into = into->id;
	from->corroboration = 0;
	record(call, "case.merge", from, into->code);
	case_happen(core, from, CASE_EVENT_CLOSE, from->owner[0] ? NULL : session_name(call->session));
	case_corroboration_count(core, into->id);
	case_find(core, into->id, into);
	move_alerts(call, from, into, urgency);
	case_tell(core, from);
}

static void merge(struct control_call *call, struct case_row *from, struct case_row *into)
{
	struct core *core = call->core;
	struct case_mover mover = { core, session_unit_secret(call->session), from, into };
	int64_t ids[CASE_MOVE_MAX + 1];
	size_t n = message_ids(core->store, from->id, ids, CASE_MOVE_MAX + 1);
	json_t *body = json_object();
	int urgency = into->urgency;

	for (size_t i = 0; i < n && i < CASE_MOVE_MAX; i++) {
		int err = case_move_message(&mover, ids[i]);
		if (err) {
			json_decref(body);
			control_fail(call, err, "a text of case %s cannot be moved: %s; nothing was changed", from->code, hl_strerror(err));
			return;
		}
	}
	follow_hold(call, from, into);
	if (n > CASE_MOVE_MAX) {
		case_update(core, into, into->urgency > urgency);
		case_update(core, from, false);
		record(call, "case.merge.part", from, into->code);
		json_object_set_new(body, "more", json_true());
	} else {
		merge_finish(call, from, into);
	}
	case_answer(call, into->id, body);
}

void control_case_merge(struct control_call *call)
{
	struct case_row from, into;

	if (!case_asked(call, "code", &from) || !case_asked(call, "into", &into) || !can_read(call))
		return;
	if (from.merged_into == into.id) {
		case_answer(call, into.id, NULL); /* asked twice */
		return;
	}
	if (from.id == into.id)
		control_fail(call, HL_EINVAL, "a case cannot be merged into itself: name two");
	else if (from.state == CASE_CLOSED)
		case_refuse(call, &from);
	else if (into.state == CASE_CLOSED)
		case_refuse(call, &into);
	else
		merge(call, &from, &into);
}

/* ---- splitting --------------------------------------------------------------------------------------------- */

struct choice { int64_t ids[CASE_MOVE_MAX]; size_t n; };

static bool choice_has(const struct choice *c, int64_t id)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->ids[i] == id)
			return true;
	return false;
}

static bool choice_read(struct control_call *call, struct choice *c)
{
	const json_t *list = json_object_get(call->request, "messages"), *item;
	size_t i;

	c->n = 0;
	if (!json_is_array(list) || json_array_size(list) == 0 || json_array_size(list) > CASE_MOVE_MAX) {
		control_fail(call, HL_EINVAL, "name 1 to %d texts of the case by their numbers, as `case show` has them", CASE_MOVE_MAX);
		return false;
	}
	json_array_foreach(list, i, item) {
		if (!json_is_integer(item)) {
			control_fail(call, HL_EINVAL, "texts are named by their numbers, as `case show` has them");
			return false;
		}
		if (!choice_has(c, json_integer_value(item)))
			c->ids[c->n++] = json_integer_value(item);
	}
	return true;
}

/* The rows that were chosen must be of the case; some text that came in must be chosen, and one must stay. */
struct check { const struct choice *choice; size_t found, chosen_in, left_in; int64_t contact_id; };

static bool check_message(const struct message_row *m, void *arg)
{
	struct check *k = arg;
	bool chosen = choice_has(k->choice, m->id);

	k->found += chosen;
	if (m->direction != MESSAGE_IN)
		return true;
	k->chosen_in += chosen;
	k->left_in += !chosen;
	if (chosen && !k->contact_id)
		k->contact_id = m->contact_id;
	return k->found < k->choice->n || !k->left_in;
}

static bool choice_check(struct control_call *call, const struct case_row *from, const struct choice *choice, int64_t *contact_id)
{
	struct check k = { .choice = choice };

	message_each(call->core->store, from->id, 0, check_message, &k);
	*contact_id = k.contact_id;
	if (k.found < choice->n)
		control_fail(call, HL_ENOENT, "%zu of these texts are not in case %s: see `hotlinectl case show %s`", choice->n - k.found,
			from->code, from->code);
	else if (!k.chosen_in)
		control_fail(call, HL_EINVAL, "choose a text that came in: a case cannot be made of notes and answers alone");
	else if (!k.left_in)
		control_fail(call, HL_EINVAL, "one text that came in must stay in case %s", from->code);
	else
		return true;
	return false;
}

static void split(struct control_call *call, struct case_row *from, const struct choice *choice, int64_t contact_id)
{
	struct core *core = call->core;
	struct case_row row = { .contact_id = contact_id, .unit_id = from->unit_id, .kind = from->kind };
	struct case_mover mover = { core, session_unit_secret(call->session), from, &row };
	int err = case_open(core, &row);
	char detail[32];

	for (size_t i = 0; !err && i < choice->n; i++)
		err = case_move_message(&mover, choice->ids[i]);
	if (err) {
		control_fail(call, err, "a text of case %s cannot be moved: %s; nothing was changed", from->code, hl_strerror(err));
		return;
	}
	case_update(core, from, false);
	snprintf(detail, sizeof(detail), "%s %zu", row.code, choice->n);
	record(call, "case.split", from, detail);
	record(call, "case.open", &row, "split");
	follow_hold(call, from, &row);
	case_happen(core, &row, CASE_EVENT_CLAIM, session_name(call->session));
	case_link(core, from->id, row.id, CASE_LINK_SPLIT);
	case_tell(core, from);
	case_answer(call, row.id, NULL);
}

void control_case_split(struct control_call *call)
{
	struct choice choice;
	struct case_row from;
	int64_t contact_id;

	if (!case_asked_open(call, "code", &from) || !can_read(call) || !choice_read(call, &choice))
		return;
	if (choice_check(call, &from, &choice, &contact_id))
		split(call, &from, &choice, contact_id);
}
