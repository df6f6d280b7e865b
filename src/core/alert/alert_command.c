/* What people of the roster answer by text, done. Who sends from a known number is not known by that: a sender can be forged. What
 * changes anything needs the code that went to that number with the alert, or, without a code, that there is one alert it can mean,
 * that it went out by the very modem the answer came in at, and that the public does not know this modem's number. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/ack_code.h"
#include "core/alert/alert_ask.h"
#include "core/alert/alert_inside.h"
#include "core/alert/command.h"
#include "core/alert/swap.h"
#include "core/config/config.h"
#include "core/counters.h"
#include "core/link/links.h"
#include "core/report/report.h"
#include "store/audit.h"
#include "store/outbox.h"
#include "store/text_view.h"

#define WHICH 2 /* more open alerts than one are enough to ask which */

/* What a command is about. */
enum target {
	TARGET_FOUND,
	TARGET_NONE,  /* no code, and nothing is open */
	TARGET_WHICH, /* no code, and it needs one */
	TARGET_CASE,  /* the code of a case: it is on the texter's phone too, so it proves nothing */
	TARGET_WRONG
};

struct deed {
	const struct asked *by;
	struct alert_row alert;
	struct case_row row;
};

/* ---- answers ------------------------------------------------------------------------------------------------------------------- */

/* Digits of a wrong code are told back only where they are no longer than a code: a longer number is something else. */
static const char *shown(const char *digits)
{
	return strlen(digits) <= ACK_DIGITS_MAX ? digits : "?";
}

static struct alert_idle *idle_of(struct core *core, const struct roster_person *person)
{
	struct alert_idle *idle = &core->alerts->idle[roster_place(core->roster, person)];

	if (strcmp(idle->name, person->name) != 0) { /* the roster has changed */
		*idle = (struct alert_idle){ .count = 0 };
		hl_strlcpy(idle->name, sizeof(idle->name), person->name);
	}
	return idle;
}

/* Whether one more answer that changes nothing may go to this person. Those that tell of something taken always go: a person
 * whose number was forged must hear of it. */
static bool idle_answer_left(struct core *core, const struct roster_person *person)
{
	int64_t now = hl_boot_ms(core->clock);
	struct alert_idle *idle = idle_of(core, person);

	if (idle->count == 0 || now - idle->from_boot_ms >= ALERT_IDLE_ANSWERS_MS) {
		idle->from_boot_ms = now;
		idle->count = 0;
	}
	if (idle->count > ALERT_IDLE_ANSWERS_MOST)
		return false;
	if (++idle->count > ALERT_IDLE_ANSWERS_MOST) /* said once */
		hl_log(HL_LOG_NOTICE, "alert", "answer_held person=\"%s\" why=\"too many commands that change nothing\"", person->name);
	return idle->count <= ALERT_IDLE_ANSWERS_MOST;
}

void alert_answer_idly(struct core *core, const struct roster_person *person, const char *key, const struct wording_arg *args)
{
	if (idle_answer_left(core, person))
		alert_answer_with(core, person, key, args, 0);
}

static void say(const struct deed *d, const char *key)
{
	alert_answer(d->by->core, d->by->person, key, d->row.code, d->row.id);
}

/* It is somebody's: theirs, or of a role that is named. */
static const char *say_whose(const struct deed *d)
{
	const struct roster_person *owner = roster_find_name(d->by->core->roster, d->row.owner);
	char role[ALERT_LABEL_MAX];
	const struct wording_arg args[] = { { "code", d->row.code }, { "role", role }, { NULL, NULL } };
	bool theirs = strcmp(d->row.owner, d->by->person->name) == 0;

	alert_label(d->by->core, d->by->person, "role", owner ? roster_role_name(owner->role) : "desk", "desk", role);
	alert_answer_idly(d->by->core, d->by->person, theirs ? "ack.taken" : "ack.already", args);
	return theirs ? "theirs already" : "taken already";
}

/* ---- what it is about ---------------------------------------------------------------------------------------------------------- */

/* A modem that is gone from the configuration counts as known to everybody. */
static bool is_public(const struct core *core, const char *link)
{
	struct link_view v;

	for (size_t i = 0; core->links && links_view(core->links, i, &v); i++)
		if (strcmp(v.name, link) == 0)
			return v.config->open_to_all;
	return true;
}

static enum target find_bare(struct deed *d)
{
	const struct asked *a = d->by;
	struct alert_row open[WHICH];
	size_t n = store_alert_open_for(a->core->store, a->person->name, open, WHICH);

	if (n == 0)
		return TARGET_NONE;
	d->alert = open[0];
	if (n > 1 || is_public(a->core, a->link) || !store_outbox_alert_sent_by(a->core->store, open[0].id, a->person->name, a->link))
		return TARGET_WHICH;
	return TARGET_FOUND;
}

static enum target find_code(struct deed *d)
{
	const struct asked *a = d->by;
	const char *digits = a->command->code;
	int64_t id = ack_is_code_long(strlen(digits)) ? ack_code_find(a->core, a->person, digits) : 0;
	char code[CASE_CODE_SIZE];

	if (id && store_alert_get(a->core->store, id, &d->alert))
		return TARGET_FOUND;
	return case_code_read(digits, strlen(digits), code) ? TARGET_CASE : TARGET_WRONG;
}

/* Of another unit's case nothing is told, not even that it is there. */
static enum target find(struct deed *d)
{
	struct core *core = d->by->core;
	enum target target = d->by->command->code[0] ? find_code(d) : find_bare(d);
	struct alert_row newer;

	if (target != TARGET_FOUND)
		return target;
	if (case_find(core, d->alert.case_id, &d->row) != 0)
		return TARGET_WRONG;
	case_follow(core, &d->row); /* a telephone may still show what was merged */
	if (d->alert.acknowledged_ms && store_alert_of_case(core->store, d->row.id, true, &newer))
		return TARGET_WRONG; /* it rings anew, with new codes */
	return alert_is_for(core, &d->row, d->by->person) ? TARGET_FOUND : TARGET_WRONG;
}

/* ---- what is done -------------------------------------------------------------------------------------------------------------- */

/* The alert ends with this person. If it has ended, the case is theirs, or another's already. */
static const char *do_ok(struct deed *d)
{
	const struct asked *a = d->by;

	if (d->alert.acknowledged_ms)
		return say_whose(d);
	case_acknowledge(a->core, d->row.id, a->person->name);
	alert_acknowledge_case(a->core, d->row.id, a->person->name);
	say(d, "ack.taken");
	return "taken";
}

static const char *do_busy(struct deed *d)
{
	if (d->alert.acknowledged_ms)
		return say_whose(d);
	say(d, alert_pass(d->by->core, &d->alert, d->by->person) ? "ack.busy" : "ack.alone");
	return "passed on";
}

/* Whoever had it hears that it was taken from them. */
static void tell_former(const struct deed *d, const char *name)
{
	const struct roster_person *former = roster_find_name(d->by->core->roster, name);
	char role[ALERT_LABEL_MAX];
	const struct wording_arg args[] = { { "code", d->row.code }, { "role", role }, { NULL, NULL } };

	if (!former || former == d->by->person || !alert_is_for(d->by->core, &d->row, former))
		return;
	alert_label(d->by->core, former, "role", roster_role_name(d->by->person->role), "desk", role);
	alert_answer_with(d->by->core, former, "ack.passed", args, d->row.id);
}

static const char *do_take(struct deed *d)
{
	const struct asked *a = d->by;
	char former[sizeof(d->row.owner)];

	if (d->alert.acknowledged_ms == 0)
		return do_ok(d);
	if (strcmp(d->row.owner, a->person->name) == 0)
		return say_whose(d);
	hl_strlcpy(former, sizeof(former), d->row.owner);
	if (case_happen(a->core, &d->row, CASE_EVENT_CLAIM, a->person->name)) {
		alert_answer_idly(a->core, a->person, "ack.desk", (struct wording_arg[]){ { "code", d->row.code }, { NULL, NULL } });
		return "closed";
	}
	audit_append(a->core->store, hl_wall_ms(a->core->clock), a->person->name, "case.claim", d->row.code, former);
	alert_acknowledge_case(a->core, d->row.id, a->person->name);
	case_tell(a->core, &d->row);
	say(d, "ack.taken");
	tell_former(d, former);
	return "taken over";
}

/* In work from now on; what came of it, and the close, are written at the desk. A telephone knows nothing of what a case is about, so
 * where nobody has read it, nothing can have been done: who holds a stolen one must not be able to silence an alert for good. */
static const char *do_done(struct deed *d)
{
	const struct asked *a = d->by;

	if (d->row.owner[0] && strcmp(d->row.owner, a->person->name) != 0)
		return say_whose(d);
	if (d->alert.acknowledged_ms == 0) {
		case_acknowledge(a->core, d->row.id, a->person->name);
		alert_acknowledge_case(a->core, d->row.id, a->person->name);
	}
	if (!text_view_of_case(a->core->store, d->row.id)) {
		alert_answer_idly(a->core, a->person, "ack.unread", (struct wording_arg[]){ { "code", d->row.code }, { NULL, NULL } });
		return "nobody has read it";
	}
	case_act(a->core, d->row.id, a->person->name);
	say(d, "ack.done");
	return "in work";
}

static const char *(*const deeds[ALERT_VERBS])(struct deed *d) = {
	[ALERT_VERB_OK] = do_ok, [ALERT_VERB_BUSY] = do_busy, [ALERT_VERB_TAKE] = do_take, [ALERT_VERB_DONE] = do_done,
};

/* ---- what is refused ----------------------------------------------------------------------------------------------------------- */

static void wrong_code(const struct asked *a)
{
	ack_code_wrong(a->core, a->person);
	swap_wrong(a->core, a->person);
}

static const char *refuse(const struct asked *a, enum target target)
{
	static const struct { const char *key, *why; } rows[] = {
		[TARGET_NONE] = { "ack.none", "nothing is open" }, [TARGET_WHICH] = { "ack.which", "needs a code" },
		[TARGET_CASE] = { "ack.case", "the code of a case" }, [TARGET_WRONG] = { "ack.unknown", "wrong code" },
	};
	const struct wording_arg args[] = { { "code", shown(a->command->code) }, { NULL, NULL } };

	counter_add(a->core, COUNT_COMMANDS_REFUSED, 1);
	alert_answer_idly(a->core, a->person, rows[target].key, args);
	if (target == TARGET_WRONG && ack_is_code_long(strlen(a->command->code)))
		wrong_code(a);
	return rows[target].why;
}

static void note(const struct asked *a, const char *object, const char *result)
{
	char detail[128], action[32];

	snprintf(action, sizeof(action), "command.%s", alert_verb_name(a->command->verb));
	snprintf(detail, sizeof(detail), "%s, by %s", result, a->link);
	audit_append(a->core->store, hl_wall_ms(a->core->clock), a->person->name, action, object, detail);
	hl_log(HL_LOG_INFO, "alert", "command person=\"%s\" what=%s result=\"%s\"", a->person->name, alert_verb_name(a->command->verb),
		result);
}

/* Digits alone that are no code, or a word of taking where nothing is open, are likelier a text like any other; but a guess is
 * counted. */
static bool is_other_text(const struct asked *a, enum target target)
{
	struct alert_row open;

	if (target == TARGET_NONE)
		return a->command->verb == ALERT_VERB_OK;
	if (!a->command->only_digits || target != TARGET_WRONG)
		return false;
	if (store_alert_open_for(a->core->store, a->person->name, &open, 1)) {
		counter_add(a->core, COUNT_COMMANDS_REFUSED, 1);
		note(a, "", "wrong code");
		wrong_code(a);
	}
	return true;
}

static bool act(const struct asked *a)
{
	struct deed d = { .by = a };
	enum target target = find(&d);
	const char *result;

	result = target == TARGET_WRONG ? swap_answer(a) : NULL;
	if (result) {
		note(a, "", result);
		return true;
	}
	if (target == TARGET_WRONG && a->command->verb == ALERT_VERB_OK && drill_answer(a->core, a->person, a->command->code)) {
		note(a, "", "a drill");
		return true;
	}
	if (is_other_text(a, target))
		return false;
	if (target == TARGET_FOUND)
		note(a, d.row.code, deeds[a->command->verb](&d));
	else
		note(a, "", refuse(a, target));
	return true;
}

/* A slip is answered with what is possible, once; it is not said again before a command was right. */
static void do_typo(const struct asked *a)
{
	struct alert_idle *idle = idle_of(a->core, a->person);

	counter_add(a->core, COUNT_COMMANDS_REFUSED, 1);
	note(a, "", "a slip");
	if (!idle->helped)
		alert_answer_idly(a->core, a->person, "ack.help", NULL);
	idle->helped = true;
}

bool alert_command(struct core *core, const char *link, const struct number *from, const char *text)
{
	struct alert_command c;
	const struct asked a = { core, roster_find_number(core->roster, from), link, &c };
	bool done;

	if (!a.person || a.person->role == ROSTER_OPERATOR)
		return false;
	alert_command_read(text, strlen(text), &c);
	if (c.verb == ALERT_VERB_NONE)
		return false;
	if (c.verb == ALERT_VERB_TYPO) {
		do_typo(&a);
		return true;
	}
	if (!deeds[c.verb]) {
		const char *result = alert_ask(&a, &idle_of(core, a.person)->help_boot_ms, &done);
		if (result)
			note(&a, "", result);
		return done;
	}
	done = act(&a);
	if (done)
		idle_of(core, a.person)->helped = false;
	return done;
}
