/* Cases as rows. What a case is stands in core/case/case.h; here kind, exploitation and urgency are the numbers of
 * core/triage/triage.h, which are stored and therefore never renumbered. */
#ifndef HL_STORE_CASE_H
#define HL_STORE_CASE_H

#include "store/store.h"

#define CASE_CODE_DIGITS 7 /* six random digits and a Damm check digit */
#define CASE_CODE_SIZE (CASE_CODE_DIGITS + 1)

/* Stored: never renumber. */
enum case_state { CASE_NEW, CASE_ALERTED, CASE_ACKNOWLEDGED, CASE_IN_WORK, CASE_CLOSED, CASE_STATES };

struct case_row {
	int64_t id, contact_id, unit_id;
	char code[CASE_CODE_SIZE];
	enum case_state state;
	int kind;               /* enum triage_kind */
	int exploitation;       /* enum triage_exploitation */
	int urgency;            /* enum triage_urgency */
	bool child;
	char district[20];
	int khoroo;
	char owner[64];         /* name of the person who has it, "" if nobody */
	int64_t messages, opened_ms, updated_ms, acknowledged_ms, closed_ms; /* 0 where not yet */
};

/* False where there is none. */
bool cases_get(struct store *s, int64_t id, struct case_row *row);
bool cases_get_code(struct store *s, const char *code, struct case_row *row);
/* The newest open case of the contact. */
bool cases_get_open(struct store *s, int64_t contact_id, struct case_row *row);

/* Sets row->id. False where the code is taken (or an error stuck). */
bool cases_insert(struct store *s, struct case_row *row);
/* Writes everything but id, code, contact, unit and the time it was opened. */
void cases_update(struct store *s, const struct case_row *row);

/* The queue: those that nobody has before those that somebody has, then the most urgent, then the oldest; or, with
 * closed true, the closed ones, last closed first. Returns how many were written to rows[max]. */
size_t cases_list(struct store *s, bool closed, struct case_row *rows, size_t max);
/* How many are open. */
int64_t cases_count_open(struct store *s);

#endif
