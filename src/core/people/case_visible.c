#include "core/people/case_visible.h"

#include "core/people/units.h"

struct cases_filter case_filter(const struct core *core, const struct session *session)
{
	const struct unit *apart = unit_by_name(core->units, CASE_UNIT_APART);

	if (session && session_unit(session))
		return (struct cases_filter){ session_unit(session), true };
	if (session && (session_is_stranger(session) || session_role(session) == PERSON_OUTREACH))
		return (struct cases_filter){ 0, true }; /* no unit has this number */
	return (struct cases_filter){ apart ? apart->id : 0, false };
}

bool case_visible(const struct core *core, const struct session *session, const struct case_row *row)
{
	struct cases_filter f = case_filter(core, session);

	return (row->unit_id == f.unit_id) == f.only;
}

bool case_id_visible(struct core *core, const struct session *session, int64_t id)
{
	struct case_row row;

	return !id || !cases_get(core->store, id, &row) || case_visible(core, session, &row);
}

bool case_may_know_apart(const struct core *core, const struct session *session)
{
	const struct unit *apart = unit_by_name(core->units, CASE_UNIT_APART);

	if (!apart || session_role(session) == PERSON_AUDITOR || session_unit(session) == apart->id)
		return true;
	return session_role(session) == PERSON_NONE && !session_is_stranger(session);
}
