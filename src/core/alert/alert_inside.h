/* What the files of this room share; no other file includes it. */
#ifndef HL_CORE_ALERT_ALERT_INSIDE_H
#define HL_CORE_ALERT_ALERT_INSIDE_H

#include "core/alert/alert.h"
#include "core/alert/policy.h"
#include "core/roster/roster.h"
#include "store/alert.h"

struct alert_ledger { int64_t counts[ALERT_STATES]; };

/* Answers to a person that changed nothing, since from_boot_ms: their phone may answer by itself, or their number be forged. */
#define ALERT_IDLE_ANSWERS_MOST 10
#define ALERT_IDLE_ANSWERS_MS (60 * 60 * 1000)
struct alert_idle { int64_t from_boot_ms; int count; bool helped; char name[64]; };

/* Who is told of a case now, in the order of ringing: officers, then coordinators. */
struct alert_people {
	struct alert_rules rules;
	const struct roster_person *chain[ROSTER_MAX];
};

struct alerts {
	struct core *core;
	struct alert_people people;                    /* the answer to the last question: good until the next one */
	int64_t apart_unit;                            /* id of the unit that gets conflicts of interest; 0: no unit is independent */
	struct alert_ledger now, sure;                 /* with the open turn, and without it */
	bool resumed;                                  /* what start does to the rows is on disk */
	bool resuming;                                 /* it is in the open turn */
	int64_t told_nobody_ms;                        /* boot time when the log last said that nobody is on duty */
	struct alert_idle idle[ROSTER_MAX];            /* by place in the roster, with the name that it is of; forgotten with a restart */
	struct event *timer;                           /* the next deadline */
};

/* Whom a case is for; nobody else is told of it, and nobody else's command is understood. */
const struct alert_people *alert_people_of(const struct core *core, const struct case_row *row);
/* The same at a step of an alert: chain[step] is who is to ring. rang: the step has rung, and chain[step] is who was. */
const struct alert_people *alert_people_at(const struct core *core, const struct case_row *row, int64_t alert_id, int64_t step,
	bool rang);
bool alert_is_for(const struct core *core, const struct case_row *row, const struct roster_person *person);
/* Whether the person is not to be woken for this alert now, and how long it is until the first of these people may be. */
bool alert_is_quiet(const struct core *core, const struct alert_row *alert, const struct roster_person *person);
int64_t alert_quiet_left_ms(const struct core *core, const struct alert_people *people);
/* With each new roster: warns where nobody is there. */
void alert_people_read(struct alerts *as);

/* Queues a text of the alert to a person, unless one of it is still on its way to them and force is false. */
void alert_ring_person(struct core *core, const struct alert_row *alert, const struct case_row *row,
	const struct roster_person *person, enum alert_text text, bool force);

/* Queues an answer to a person's command: key of the wording, code for its placeholder. */
void alert_answer(struct core *core, const struct roster_person *person, const char *key, const char *code,
	int64_t case_id);

/* Ends the alert: a person has it. */
void alert_end(struct core *core, struct alert_row *alert, const struct case_row *row, const char *person);

#endif
