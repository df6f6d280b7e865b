/* Drills: would an alert be answered? Each person on duty gets a code of their own; who has not answered in time is counted and
 * told to the coordinators and the operators. A drill makes no case and no alert, and never stands in the way of one. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/config/config.h"
#include "core/outbound/warn.h"
#include "core/report/report_inside.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/drill.h"

#define CODES 10000
#define MINUTE_MS (60 * INT64_C(1000))

static void text_one(struct core *core, const struct roster_person *p)
{
	struct drill_row row = { .sent_ms = hl_wall_ms(core->clock) };

	snprintf(row.person, sizeof(row.person), "%s", p->name);
	snprintf(row.code, sizeof(row.code), "%04u", (unsigned)randombytes_uniform(CODES));
	drill_insert(core->store, &row);
	report_text_to(core, p, "drill.new", (struct wording_arg[]){ { "code", row.code }, { NULL, NULL } });
}

/* Those who would be rung first: of each unit those on duty now, or all its officers where it has no rotations. */
static bool is_on_duty(const struct core *core, const struct roster_person *p)
{
	const struct schedule *s = roster_schedule(core->roster);
	struct schedule_people people;

	if (p->role != ROSTER_OFFICER || !schedule_has_unit(s, p->unit))
		return p->role == ROSTER_OFFICER;
	schedule_unit_on_duty(s, p->unit, hl_wall_ms(core->clock), &people);
	for (size_t i = 0; i < people.count; i++)
		if (roster_person(core->roster, people.list[i]) == p)
			return true;
	return false;
}

size_t drill_start(struct core *core, const char *actor)
{
	char detail[32];
	size_t n = 0;

	for (size_t i = 0; i < roster_count(core->roster); i++) {
		if (!is_on_duty(core, roster_person(core->roster, i)))
			continue;
		text_one(core, roster_person(core->roster, i));
		n++;
	}
	snprintf(detail, sizeof(detail), "people=%zu", n);
	audit_append(core->store, hl_wall_ms(core->clock), actor, "drill.start", "", detail);
	if (n == 0)
		warn_operator(core, "shift.nobody", "drill", NULL);
	return n;
}

bool drill_answer(struct core *core, const struct roster_person *person, const char *digits)
{
	int64_t now_ms = hl_wall_ms(core->clock), took_ms;
	struct drill_row row;
	char min[24];

	if (!drill_find(core->store, person->name, digits, now_ms - REPORT_DAY_MS, &row))
		return false;
	took_ms = now_ms > row.sent_ms ? now_ms - row.sent_ms : 0;
	drill_set_answered(core->store, row.id, now_ms > 0 ? now_ms : 1);
	snprintf(min, sizeof(min), "%" PRId64, took_ms / MINUTE_MS);
	audit_append(core->store, now_ms, person->name, "drill.answer", "", min);
	report_text_to(core, person, "drill.done", (struct wording_arg[]){ { "min", min }, { NULL, NULL } });
	return true;
}

static void tell_missed(struct core *core, int64_t missed)
{
	char n[24], min[24];
	const struct wording_arg args[] = { { "n", n }, { "min", min }, { NULL, NULL } };

	snprintf(n, sizeof(n), "%" PRId64, missed);
	snprintf(min, sizeof(min), "%" PRId64, core->config->drill_wait_s / 60);
	warn_operator(core, "drill.missed", "drill", args);
	report_text(core, ROSTER_COORDINATOR, "drill.missed", args);
}

void drill_tick(struct core *core)
{
	int64_t before_ms = hl_wall_ms(core->clock) - core->config->drill_wait_s * 1000, missed;

	if (drill_waiting(core->store, before_ms) == 0)
		return;
	turn_begin(core->turn);
	missed = drill_tell_missed(core->store, before_ms);
	if (missed > 0)
		tell_missed(core, missed);
}
