/* What people of the roster answer by text, done. */
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert_inside.h"
#include "core/alert/command.h"
#include "core/report/report.h"

#define WHICH 2 /* more open alerts than one are enough to ask which */

/* Digits of a wrong code are told back only where they are no longer than a code: a longer number is something else. */
static const char *shown(const char *digits)
{
	return strlen(digits) <= CASE_CODE_DIGITS ? digits : "?";
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

static void answer_idly(struct core *core, const struct roster_person *person, const char *key, const char *code, int64_t case_id)
{
	if (idle_answer_left(core, person))
		alert_answer(core, person, key, code, case_id);
}

/* An open alert of the case ends with this person. Where there is none, the case is theirs, or another's already. */
static void take_case(struct core *core, const struct roster_person *person, struct case_row *row)
{
	struct alert_row alert;
	bool open = store_alert_of_case(core->store, row->id, true, &alert);
	int err = case_acknowledge(core, row->id, person->name);
	bool theirs = strcmp(row->owner, person->name) == 0;

	if (open)
		alert_acknowledge_case(core, row->id, person->name);
	if (open || err == 0)
		alert_answer(core, person, "ack.taken", row->code, row->id);
	else
		answer_idly(core, person, theirs ? "ack.taken" : "ack.already", row->code, row->id);
}

static bool do_code(struct core *core, const struct roster_person *person, const char *digits)
{
	char code[CASE_CODE_SIZE];
	struct case_row row;
	bool found = case_code_read(digits, strlen(digits), code) && case_find_code(core, code, &row) == 0;

	if (!found && drill_answer(core, person, digits)) /* never before an alert */
		return true;
	if (found)
		case_follow(core, &row); /* a telephone may still show the code of what was merged */
	if (found && alert_is_for(core, &row, person)) /* of another's case nothing is told, not even that it is there */
		take_case(core, person, &row);
	else
		answer_idly(core, person, "ack.unknown", shown(digits), 0);
	return true;
}

/* Without a code: only where it can mean one alert. */
static bool do_bare(struct core *core, const struct roster_person *person, bool one_is_enough)
{
	struct alert_row open[WHICH];
	struct case_row row;
	size_t n = store_alert_open_for(core->store, person->name, open, WHICH);

	if (n == 0)
		return false;
	if (n > 1 || !one_is_enough)
		answer_idly(core, person, "ack.which", "", 0);
	else if (case_find(core, open[0].case_id, &row) == 0)
		take_case(core, person, &row);
	return true;
}

/* A slip is answered with what is possible, once; it is not said again before a command was right. */
static bool do_typo(struct core *core, const struct roster_person *person)
{
	struct alert_idle *idle = idle_of(core, person);

	if (!idle->helped)
		answer_idly(core, person, "ack.help", "", 0);
	idle->helped = true;
	return true;
}

bool alert_command(struct core *core, const struct number *from, const char *text)
{
	const struct roster_person *person = roster_find_number(core->roster, from);
	struct alert_command c;
	bool done = false;

	if (!person || person->role == ROSTER_OPERATOR)
		return false;
	alert_command_read(text, strlen(text), &c);
	if (c.kind == ALERT_COMMAND_TYPO)
		done = do_typo(core, person);
	else if (c.kind == ALERT_COMMAND_CODE)
		done = do_code(core, person, c.code);
	else if (c.kind != ALERT_COMMAND_NONE)
		done = do_bare(core, person, c.kind == ALERT_COMMAND_ONE);
	if (done && c.kind != ALERT_COMMAND_TYPO)
		idle_of(core, person)->helped = false;
	if (done)
		hl_log(HL_LOG_INFO, "alert", "command person=\"%s\" kind=%d", person->name, (int)c.kind);
	return done;
}
