/* How many texts a person may open: somebody with a login who reads everything there is must be stopped and noticed, and nobody who
 * works on an emergency may be. Facts in, verdict out. */
#ifndef HL_CORE_PEOPLE_READ_POLICY_H
#define HL_CORE_PEOPLE_READ_POLICY_H

#include <stdbool.h>
#include <stdint.h>

/* Different texts within an hour of the clock, and within 24; 0: as many as they like. own: of cases that are theirs. */
struct read_limits { int64_t hour, day, own_hour, own_day; };

struct read_facts {
	bool own;               /* the case is theirs, they were alerted to it, or it is urgent and nobody has it yet */
	int64_t hour, day;      /* opened so far, of all cases */
	int64_t own_hour, own_day; /* of them: of own cases */
};

/* Whether one more may be opened. What is read of own cases does not use up what may be read of others. */
bool read_may(const struct read_limits *limits, const struct read_facts *f);

struct read_case { const char *owner; bool alerted; bool waits; int urgency; }; /* waits: no human has it */
bool read_is_own(const struct read_case *c, const char *person);

#endif
