#include "core/case/outcome.h"

#include <stddef.h>
#include <string.h>

static const struct { const char *name; bool two_people; } outcomes[OUTCOMES] = {
	[OUTCOME_INVESTIGATION] = { "investigation-opened", false },
	[OUTCOME_CYBER] = { "cyber-facilitated", false },
	[OUTCOME_VICTIM_IDENTIFIED] = { "victim-identified", false },
	[OUTCOME_VICTIM_ASSISTED] = { "victim-assisted", false },
	[OUTCOME_LABOUR_INSPECTORS] = { "labour-inspectors", false },
	[OUTCOME_UNFOUNDED] = { "unfounded", false },
	[OUTCOME_MALICIOUS] = { "malicious", true },
};

const char *outcome_name(enum outcome outcome)
{
	return (unsigned)outcome < OUTCOMES ? outcomes[outcome].name : "?";
}

bool outcome_from_name(const char *name, enum outcome *outcome)
{
	for (int i = 0; i < OUTCOMES; i++) {
		if (strcmp(outcomes[i].name, name) == 0) {
			*outcome = (enum outcome)i;
			return true;
		}
	}
	return false;
}

const char *outcome_names(void)
{
	return "investigation-opened, cyber-facilitated, victim-identified, victim-assisted, labour-inspectors, unfounded, "
		"malicious";
}

enum outcome_step outcome_decide(enum outcome outcome, const char *first, bool confirmed, const char *person)
{
	if (confirmed)
		return OUTCOME_STEP_NOTHING;
	if (!outcomes[outcome].two_people)
		return OUTCOME_STEP_COUNTS;
	if (!first)
		return OUTCOME_STEP_WAITS;
	return strcmp(first, person) == 0 ? OUTCOME_STEP_REFUSED : OUTCOME_STEP_CONFIRMS;
}
