/* audit.list, audit.verify. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/mem.h"
#include "core/case/case.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/people/anchor.h"
#include "core/people/person.h"
#include "core/people/units.h"
#include "core/roster/roster.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/person.h"

#define LIST_MAX 100     /* fits one answer */
#define LOOKS_MAX 20     /* stretches of the trail that one question looks at */
#define NOTED_LEAST 8    /* octets of a noted head: what the digest has */
#define STEP_ROWS 1000   /* about a millisecond */

static json_t *entry_json(const struct audit_row *row)
{
	return json_pack("{s:I, s:I, s:s, s:s, s:s, s:s}", "id", (json_int_t)row->id, "time_ms", (json_int_t)row->time_ms, "actor",
		row->actor, "action", row->action, "object", row->object, "detail", row->detail);
}

/* ---- who may see which entry ---------------------------------------------------------------------------------------- */

/* Names of the people of the unit that gets conflicts of interest: by when they log in and what they do others could tell that somebody
 * reported one of them. */
struct apart { char name[PERSONS_MAX + ROSTER_MAX][PERSON_NAME_SIZE]; size_t count; };

static void add_apart(struct apart *a, const char *name)
{
	hl_strlcpy(a->name[a->count++], PERSON_NAME_SIZE, name);
}

static struct apart *find_apart(struct core *core)
{
	const struct unit *unit = unit_by_name(core->units, CASE_UNIT_APART);
	struct person_row *rows = hl_calloc(PERSONS_MAX, sizeof(*rows));
	size_t count = person_row_list(core->store, rows, PERSONS_MAX);
	struct apart *a = hl_calloc(1, sizeof(*a));

	for (size_t i = 0; i < count; i++)
		if (unit && rows[i].unit_id == unit->id)
			add_apart(a, rows[i].name);
	for (size_t i = 0; core->roster && i < roster_count(core->roster) && i < ROSTER_MAX; i++)
		if (strcmp(roster_person(core->roster, i)->unit, CASE_UNIT_APART) == 0)
			add_apart(a, roster_person(core->roster, i)->name);
	free(rows);
	return a;
}

/* Whether the words stand in the text, and not as a piece of longer ones. */
static bool names(const char *text, const char *words)
{
	size_t len = strlen(words);

	for (const char *at = text; len && (at = strstr(at, words)); at++)
		if ((at == text || strchr(" :,", at[-1])) && (!at[len] || strchr(" :,", at[len])))
			return true;
	return false;
}

static bool is_of_apart(const struct apart *a, const struct audit_row *row)
{
	for (size_t i = 0; i < a->count; i++)
		if (names(row->actor, a->name[i]) || names(row->object, a->name[i]) || names(row->detail, a->name[i]))
			return true;
	return names(row->object, CASE_UNIT_APART);
}

/* By what may be a code. One of no case, perhaps of an erased one, is nobody's to know of: whose it was is gone with it. */
static bool is_of_visible(const struct control_call *call, const char *object)
{
	char bare[CASE_CODE_SIZE];
	struct case_row row;

	if (!case_code_read(object, strlen(object), bare))
		return true;
	return case_find_code(call->core, bare, &row) == 0 && case_visible(call->core, call->session, &row);
}

/* apart: NULL for who may know of those, too. */
static bool may_see(const struct control_call *call, const struct apart *apart, const struct audit_row *row)
{
	if (session_role(call->session) == PERSON_AUDITOR)
		return true;
	return is_of_visible(call, row->object) && !(apart && is_of_apart(apart, row));
}

/* Entries of what is not theirs to know are passed over, many of them at most, so that nobody waits long. */
void control_audit_list(struct control_call *call)
{
	struct audit_row *rows = hl_calloc(LIST_MAX, sizeof(*rows));
	int64_t after = control_list_after(call->request), before = after > 0 ? after : INT64_MAX;
	struct apart *apart = case_may_know_apart(call->core, call->session) ? NULL : find_apart(call->core);
	bool complete = false;
	json_t *list = json_array();

	for (int look = 0; look < LOOKS_MAX && !complete && json_array_size(list) < LIST_MAX; look++) {
		size_t asked = LIST_MAX - json_array_size(list), count = audit_list_before(call->core->store, before, rows, asked);
		for (size_t i = 0; i < count; i++)
			if (may_see(call, apart, &rows[i]))
				json_array_append_new(list, entry_json(&rows[i]));
		complete = count < asked;
		before = count ? rows[count - 1].id : before;
	}
	free(apart);
	free(rows);
	control_ok(call, json_pack("{s:o, s:b}", "audit", list, "more", !complete));
}

/* A check under way: a step whenever the loop comes round, so that tips are stored between the steps. */
struct verifying {
	struct control_call *call;
	struct audit_walk walk;
	uint8_t noted[AUDIT_HASH]; /* the head that somebody wrote down, at walk.marks[NOTED].rows */
	size_t noted_len;          /* of it: the digest has only its beginning */
	struct event *next;
};

enum { ANCHOR, NOTED };

static const struct timeval at_once = { 0, 0 };

/* What is wrong with the trail, NULL if nothing. */
static const char *verdict(const struct verifying *v)
{
	const struct audit_mark *marks = v->walk.marks;
	struct audit_mark anchor = anchor_mark(v->call->core); /* moved on since, if something was written during the walk */

	if (anchor.rows == v->walk.rows) {
		memcpy(anchor.hash, v->walk.hash, sizeof(anchor.hash));
		anchor.passed = true;
	} else {
		anchor = marks[ANCHOR];
	}
	if (v->walk.bad_id)
		return "an entry does not follow from the one before it";
	if (anchor.rows > v->walk.rows)
		return "entries at the end were removed";
	if (!anchor_fits(v->call->core, &anchor))
		return "it is not the trail that this core wrote";
	if (marks[NOTED].rows > v->walk.rows)
		return "it is shorter than the head that was noted";
	if (marks[NOTED].rows && sodium_memcmp(marks[NOTED].hash, v->noted, v->noted_len) != 0)
		return "it is not the trail that the noted head is of";
	return NULL;
}

static void verifying_end(struct verifying *v, int rc)
{
	char head[2 * AUDIT_HASH + 1];
	const char *wrong;
	json_t *body;

	hl_hex_encode(v->walk.hash, sizeof(v->walk.hash), head);
	if (rc == 0 || rc == HL_ECORRUPT) {
		wrong = verdict(v);
		body = json_pack("{s:I, s:s, s:b, s:I}", "rows", (json_int_t)v->walk.rows, "head", head, "good", !wrong, "bad_id",
			(json_int_t)v->walk.bad_id);
		if (wrong)
			json_object_set_new(body, "wrong", json_string(wrong));
		hl_log(wrong ? HL_LOG_ERR : HL_LOG_NOTICE, "audit", "verified good=%s rows=%lld head=%s", wrong ? "no" : "yes",
			(long long)v->walk.rows, head);
		control_ok(v->call, body);
	} else {
		control_fail(v->call, rc, "the audit trail could not be read: %s", hl_strerror(rc));
	}
	event_free(v->next);
	free(v);
}

static void on_settled(void *arg, int err)
{
	(void)err;
	event_add(((struct verifying *)arg)->next, &at_once);
}

static void on_next(evutil_socket_t fd, short what, void *arg)
{
	struct verifying *v = arg;
	struct core *core = v->call->core;
	int rc;

	(void)fd;
	(void)what;
	if (core->control && store_in_transaction(core->store)) { /* its entries may go away again, and are not anchored yet */
		turn_reply(core->turn, on_settled, v);
		return;
	}
	rc = core->control ? audit_walk_step(core->store, &v->walk, STEP_ROWS) : HL_ESTATE; /* the program ends */
	if (rc == 1)
		event_add(v->next, &at_once);
	else
		verifying_end(v, rc);
}

/* False after an answer: what is noted is no head. */
static bool take_noted(struct control_call *call, struct verifying *v)
{
	const char *head = control_text(call, "head");
	int64_t rows = json_integer_value(json_object_get(call->request, "rows"));
	int len;

	if (!head && rows == 0)
		return true;
	len = head && rows > 0 ? hl_hex_decode(head, strlen(head), v->noted, AUDIT_HASH) : HL_EINVAL;
	if (len >= NOTED_LEAST) {
		v->walk.marks[NOTED].rows = rows;
		v->noted_len = (size_t)len;
		return true;
	}
	control_fail(call, HL_EINVAL, "a noted head is a number of entries and the %d to %d hexadecimal digits that stood beside it",
		2 * NOTED_LEAST, 2 * AUDIT_HASH);
	return false;
}

void control_audit_verify(struct control_call *call)
{
	struct verifying *v = hl_calloc(1, sizeof(*v));

	audit_walk_start(&v->walk);
	if (!take_noted(call, v)) {
		free(v);
		return;
	}
	v->walk.marks[ANCHOR] = anchor_mark(call->core);
	v->call = control_keep(call);
	v->next = evtimer_new(call->core->base, on_next, v);
	if (!v->next || event_add(v->next, &at_once) != 0)
		hl_fatal(71, "out of memory for timers");
}
