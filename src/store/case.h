/* Cases as rows. What a case is stands in core/case/case.h; here kind, exploitation and urgency are the numbers of
 * core/triage/triage.h, which are stored and therefore never renumbered. */
#ifndef HL_STORE_CASE_H
#define HL_STORE_CASE_H

#include "store/store.h"

#define CASE_CODE_DIGITS 7 /* six random digits and a Damm check digit */
#define CASE_CODE_SIZE (CASE_CODE_DIGITS + 1)

/* Stored: never renumber. What leads from one to another: core/case/case_state.h. */
enum case_state {
	CASE_NEW, CASE_ALERTED, CASE_ACKNOWLEDGED, CASE_IN_WORK, CASE_REFERRED, CASE_CLOSED, CASE_REOPENED, CASE_STATES
};

#define CASE_PRIORITY_NONE (-1) /* not in the queue; the others are as enum triage_urgency */
#define CASE_FILED 10           /* the reason (core/case/case_reason.h) of what is nobody's work; indexes go by it */
#define CASE_FILED_SQL "10"

struct case_row {
	int64_t id, contact_id, unit_id;
	char code[CASE_CODE_SIZE];
	enum case_state state;
	int kind;               /* enum triage_kind */
	int exploitation;       /* enum triage_exploitation */
	int urgency;            /* enum triage_urgency */
	int priority;
	bool child;
	char district[20];
	int khoroo;
	char owner[64];         /* name of the person who has it, "" if nobody */
	int64_t messages, partial, corroboration;
	int64_t opened_ms, updated_ms, alerted_ms, acknowledged_ms, action_ms, closed_ms, reopened_ms; /* 0 where not yet */
	int64_t state_ms, due_ms;  /* due_ms 0: nothing is due */
	int reason;             /* enum case_reason */
	int64_t merged_into;    /* 0 where it was not merged */
};

/* False where there is none. */
bool cases_get(struct store *s, int64_t id, struct case_row *row);
bool cases_get_code(struct store *s, const char *code, struct case_row *row);
/* The newest open case of the contact. */
bool cases_get_open(struct store *s, int64_t contact_id, struct case_row *row);
/* The newest open case of the contact that is of this unit. */
bool cases_get_open_of(struct store *s, int64_t contact_id, int64_t unit_id, struct case_row *row);
/* The newest open one that is of any other unit. */
bool cases_get_open_but(struct store *s, int64_t contact_id, int64_t unit_id, struct case_row *row);
/* Gives a case to another unit: only where none of its texts was sealed yet. */
void cases_move(struct store *s, int64_t id, int64_t unit_id);
/* The newest case of the contact, open or not, that was not filed; the newest that was. */
bool cases_get_last(struct store *s, int64_t contact_id, struct case_row *row);
bool cases_get_filed(struct store *s, int64_t contact_id, struct case_row *row);

/* Sets row->id. False where the code is taken (or an error stuck). */
bool cases_insert(struct store *s, struct case_row *row);
/* Writes everything but id, code, contact, unit and the time it was opened. */
void cases_update(struct store *s, const struct case_row *row);
/* What was merged into `from` is merged into `into` from now on. */
void cases_follow_merge(struct store *s, int64_t from, int64_t into);

/* Which cases a list has. */
enum cases_part {
	CASES_QUEUE,    /* open: the highest priority first, then what is due first */
	CASES_ASIDE,    /* open, but not in the queue: spam and abuse */
	CASES_CLOSED,   /* last closed first; not those filed */
	CASES_FILED     /* last filed first: campaign answers, STOP and START */
};
/* Whose cases: with only, those of the unit; else all but those. */
struct cases_filter { int64_t unit_id; bool only; };

/* Those after `last` (NULL: from the first). each() returns false to end. */
void cases_each(struct store *s, enum cases_part part, struct cases_filter filter, const struct case_row *last,
	bool (*each)(const struct case_row *row, void *arg), void *arg);
/* How many were filed and are kept; counts no further than max. */
int64_t cases_count_filed(struct store *s, struct cases_filter filter, int64_t max);
/* How many are open. */
int64_t cases_count_open(struct store *s, struct cases_filter filter);
/* How many of the unit are in the queue and nobody's. */
int64_t cases_count_waiting(struct store *s, int64_t unit_id);

#endif
