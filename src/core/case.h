/* Cases: what texters told, as officers work on it. A case belongs to one contact and one unit; a later text of the same
 * contact joins the open case. */
#ifndef HL_CORE_CASE_H
#define HL_CORE_CASE_H

#include "core/core.h"
#include "core/triage/triage.h"

#define CASE_CODE_DIGITS 7 /* six random digits and a Damm check digit */
#define CASE_CODE_SIZE (CASE_CODE_DIGITS + 1)

enum case_state { CASE_NEW, CASE_ALERTED, CASE_ACKNOWLEDGED, CASE_IN_WORK, CASE_CLOSED };

struct case_row {
	int64_t id, contact_id, unit_id;
	char code[CASE_CODE_SIZE];
	enum case_state state;
	enum triage_kind kind;
	enum triage_exploitation exploitation;
	enum triage_urgency urgency;
	bool child;
	char district[20];
	int khoroo;
	char owner[64]; /* name of the person who has it, "" if nobody */
	int64_t messages, opened_ms, updated_ms, acknowledged_ms, closed_ms; /* 0 where not yet */
};

const char *case_state_name(enum case_state state);

/* Whether text of len octets is a code with a right check digit (spaces and hyphens ignored); writes it bare. */
bool case_code_read(const char *text, size_t len, char code[CASE_CODE_SIZE]);

/* HL_ENOENT where there is none. */
int case_find(struct core *core, int64_t id, struct case_row *row);
int case_find_code(struct core *core, const char *code, struct case_row *row);

/* A human has it: new or alerted becomes acknowledged, owner set if empty, audited. Inside a turn. Returns HL_ESTATE if it is
 * acknowledged already (row->owner says by whom). */
int case_acknowledge(struct core *core, int64_t id, const char *person);
/* The alert is out: new becomes alerted. */
void case_mark_alerted(struct core *core, int64_t id);

#endif
