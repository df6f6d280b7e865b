/* Cases: what texters told, as officers work on it. A case belongs to one contact and one unit; a later text of the
 * same contact joins the open case. */
#ifndef HL_CORE_CASE_CASE_H
#define HL_CORE_CASE_CASE_H

#include <jansson.h>

#include "core/case/case_state.h"
#include "core/core.h"
#include "core/people/case_visible.h"
#include "core/triage/triage.h"
#include "store/case.h" /* struct case_row, enum case_state, CASE_CODE_SIZE */

/* All that may be shown without opening anything; no number, no text. The caller owns it. */
json_t *case_json(const struct core *core, const struct case_row *row);

/* Whether text of len octets is a code with a right check digit (spaces and hyphens ignored); writes it bare. */
bool case_code_read(const char *text, size_t len, char code[CASE_CODE_SIZE]);

/* Whether it is one of the unit CASE_UNIT_APART. */
bool case_is_apart(const struct core *core, const struct case_row *row);

/* Tells the watchers what the case is now: all of them, or those of its unit where the others must not know of it. */
void case_tell(struct core *core, const struct case_row *row);

/* HL_ENOENT where there is none. */
int case_find(struct core *core, int64_t id, struct case_row *row);
int case_find_code(struct core *core, const char *code, struct case_row *row);
/* Opens the case in the turn's transaction: finds it a free code, sets code, id, state and times. With the reason
 * CASE_REASON_FILED it is closed from the beginning, and no clock of it was stopped. HL_EFULL where no code is left, which also
 * sticks to the transaction. */
int case_open(struct core *core, struct case_row *row);

/* Six random digits and their check digit. */
void case_code_new(char code[CASE_CODE_SIZE]);

/* The case that this one was merged into takes its place; otherwise nothing. */
void case_follow(const struct core *core, struct case_row *row);

/* Writes what changed in the row: its deadline, too. raised: its urgency rose. */
void case_update(struct core *core, struct case_row *row, bool raised);

/* Makes an event happen, writes it and logs it; person (may be NULL) becomes the owner. HL_ESTATE where the state
 * forbids it. Audit is the caller's. Inside a turn. */
int case_happen(struct core *core, struct case_row *row, enum case_event event, const char *person);

/* Somebody does something about the case, such as asking its texter: unless it is in work or referred already, it is in work now,
 * theirs if it was nobody's, and audited. Its alerts are the caller's. Inside a turn. */
void case_act(struct core *core, int64_t id, const char *person);

/* A human has it: new, alerted or reopened becomes acknowledged, owner set if empty, audited. Inside a turn. Returns
 * HL_ESTATE if it is acknowledged already (the row's owner says by whom) or closed, HL_ENOENT where there is no such case. */
int case_acknowledge(struct core *core, int64_t id, const char *person);
/* The alert is out: new becomes alerted. */
void case_mark_alerted(struct core *core, int64_t id);

#endif
