/* Cases: what texters told, as officers work on it. A case belongs to one contact and one unit; a later text of the
 * same contact joins the open case. */
#ifndef HL_CORE_CASE_CASE_H
#define HL_CORE_CASE_CASE_H

#include <jansson.h>

#include "core/core.h"
#include "core/triage/triage.h"
#include "store/case.h" /* struct case_row, enum case_state, CASE_CODE_SIZE */

const char *case_state_name(enum case_state state);

/* All that may be shown without opening anything; no number, no text. The caller owns it. */
json_t *case_json(const struct core *core, const struct case_row *row);

/* Whether text of len octets is a code with a right check digit (spaces and hyphens ignored); writes it bare. */
bool case_code_read(const char *text, size_t len, char code[CASE_CODE_SIZE]);

/* HL_ENOENT where there is none. */
int case_find(struct core *core, int64_t id, struct case_row *row);
int case_find_code(struct core *core, const char *code, struct case_row *row);
/* Opens the case in the turn's transaction: finds it a free code, sets code, id, state and times. HL_EFULL where no
 * code is left, which also sticks to the transaction. */
int case_open(struct core *core, struct case_row *row);

/* Six random digits and their check digit. */
void case_code_new(char code[CASE_CODE_SIZE]);

/* A human has it: new or alerted becomes acknowledged, owner set if empty, audited. Inside a turn. Returns HL_ESTATE
 * if it is acknowledged already (the row's owner says by whom), HL_ENOENT where there is no such case. */
int case_acknowledge(struct core *core, int64_t id, const char *person);
/* A person works on it: owner set, also where another had only acknowledged it. HL_ESTATE: closed, or in another's
 * work. */
int case_claim(struct core *core, int64_t id, const char *person);
/* HL_ESTATE: closed already. */
int case_close(struct core *core, int64_t id, const char *person);
/* The alert is out: new becomes alerted. */
void case_mark_alerted(struct core *core, int64_t id);

#endif
