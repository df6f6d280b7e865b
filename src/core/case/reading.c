#include "core/case/reading.h"

#include <stdio.h>

#include "core/config/config.h"
#include "core/outbound/warn.h"
#include "store/audit.h"
#include "store/outbox.h"
#include "store/text_view.h"

#define HOUR_MS (3600 * (int64_t)1000)

static bool is_waiting(const struct case_row *row)
{
	return row->state == CASE_NEW || row->state == CASE_ALERTED || row->state == CASE_REOPENED;
}

static bool is_own(struct core *core, const struct case_row *row, const char *person)
{
	const struct read_case c = { row->owner, store_outbox_has_alerted(core->store, row->id, person), is_waiting(row), row->urgency };

	return read_is_own(&c, person);
}

void reading_begin(struct core *core, const struct session *session, const struct case_row *row, struct reading *r)
{
	struct text_view_counts all, own;

	*r = (struct reading){ .core = core, .person = session_name(session), .hour = hl_wall_ms(core->clock) / HOUR_MS };
	r->limits = session_role(session) == PERSON_COORDINATOR ? core->config->read_coordinator : core->config->read_officer;
	all = text_view_count(core->store, r->person, r->hour, false);
	own = text_view_count(core->store, r->person, r->hour, true);
	r->facts = (struct read_facts){ row && is_own(core, row, r->person), all.hour, all.day, own.hour, own.day };
}

static bool may(struct reading *r, int64_t text)
{
	struct read_facts *f = &r->facts;

	if (text_view_has(r->core->store, r->person, text, r->hour))
		return true;
	if (!read_may(&r->limits, f)) {
		r->refused++;
		return false;
	}
	text_view_put(r->core->store, r->person, text, r->hour, f->own);
	f->hour++;
	f->day++;
	f->own_hour += f->own;
	f->own_day += f->own;
	return true;
}

bool reading_may(struct reading *r, int64_t message_id)
{
	return may(r, message_id);
}

bool reading_may_quarantine(struct reading *r, int64_t id)
{
	return may(r, -id);
}

void reading_end(struct reading *r, const char *code)
{
	struct store *s = r->core->store;
	char detail[96];

	if (!r->refused)
		return;
	snprintf(detail, sizeof(detail), "%d texts; %lld in the hour, %lld in the day", r->refused, (long long)r->facts.hour,
		(long long)r->facts.day);
	audit_append(s, hl_wall_ms(r->core->clock), r->person, "reading.refused", code, detail);
	if (text_view_told(s, r->person) > r->hour - TEXT_VIEW_DAY)
		return;
	text_view_set_told(s, r->person, r->hour);
	warn_people(r->core, "sys.reading", "reading"); /* the person's name is in the audit trail, not in a text */
}

void reading_expire(struct core *core)
{
	text_view_expire(core->store, hl_wall_ms(core->clock) / HOUR_MS);
}
