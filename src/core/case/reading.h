/* Opening texts of cases for a person, within the limits of the configuration (read_policy.h). What is over them stays closed, is on
 * record, and is told to the operators and coordinators of the roster, once, until somebody else allows more (reading.allow). A text
 * that was opened within the day may be opened again. */
#ifndef HL_CORE_CASE_READING_H
#define HL_CORE_CASE_READING_H

#include "core/core.h"
#include "core/people/read_policy.h"
#include "core/people/session.h"
#include "store/case.h"

#define READING_REFUSED "you have opened as many texts as your limit allows: ask a coordinator or a colleague of your unit to look, and " \
	"to allow more (hotlinectl person allow NAME)"

/* One request's reading. */
struct reading {
	struct core *core;
	const char *person;
	struct read_limits limits;
	struct read_facts facts;
	int64_t hour;
	int refused;
};

/* row NULL: what belongs to no case. Inside a turn, as all of these; the session is somebody's. */
void reading_begin(struct core *core, const struct session *session, const struct case_row *row, struct reading *r);

/* Whether this message may be opened, and counts it if so. */
bool reading_may(struct reading *r, int64_t message_id);
/* The same of a row of the quarantine. */
bool reading_may_quarantine(struct reading *r, int64_t id);

/* Records and tells what was refused. code: of the case, "" none. */
void reading_end(struct reading *r, const char *code);

/* Forgets what is older than a day (core/retention/). */
void reading_expire(struct core *core);

#endif
