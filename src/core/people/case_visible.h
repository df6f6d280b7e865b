/* Who may know of which case, by their role and unit: decided here and nowhere else, and below the cases themselves, because events,
 * lists and the roster must ask it, too. */
#ifndef HL_CORE_PEOPLE_CASE_VISIBLE_H
#define HL_CORE_PEOPLE_CASE_VISIBLE_H

#include "core/people/session.h"
#include "store/case.h"

/* The unit that gets what concerns the police or the hotline itself; its cases are nobody else's to know of. */
#define CASE_UNIT_APART "IND"

/* Whether this session may know of the case: the one place that decides it. People see the cases of their unit; auditors
 * see that there are cases, never a text, but not those of the unit that gets conflicts of interest; so do root and our
 * own user without a name, who can read as much in the database's file. Other members of the control group see none until
 * they log in, and outreach teams none at all: to run the system, counts are enough. session NULL: what may be known to
 * people of any unit. */
bool case_visible(const struct core *core, const struct session *session, const struct case_row *row);

/* The same for lists. */
struct cases_filter case_filter(const struct core *core, const struct session *session);

/* Whether it may be told to this session in a list of something else; 0 is no case, which anybody may know of. */
bool case_id_visible(struct core *core, const struct session *session, int64_t id);

/* Whether this session may know who the people of the unit that gets conflicts of interest are, when they are on duty and what
 * they do: themselves, auditors, and root and our own user without a name. */
bool case_may_know_apart(const struct core *core, const struct session *session);

#endif
