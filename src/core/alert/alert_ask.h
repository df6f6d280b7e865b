/* Commands by text that ask and change no alert: WHO, HELP, SWAP. */
#ifndef HL_CORE_ALERT_ALERT_ASK_H
#define HL_CORE_ALERT_ALERT_ASK_H

#include "core/alert/alert_inside.h"
#include "core/alert/command.h"

/* Who wrote which command, and the modem that it came in at. */
struct asked {
	struct core *core;
	const struct roster_person *person;
	const char *link;
	const struct alert_command *command;
};

/* How long HELP sent again is a call for help. */
#define ALERT_HELP_AGAIN_MS INT64_C(600000)

/* Answers; returns what was done, for the audit trail, NULL: nothing, it was no command. done: the text needs nothing more; false: it
 * goes through triage as well. HELP and ТУСЛАМЖ are also what somebody in danger writes: the commands are told in any case, and it is
 * left at that only for somebody whose phone rings with an open alert, and not the second time within ALERT_HELP_AGAIN_MS. */
const char *alert_ask(const struct asked *a, int64_t *help_boot_ms, bool *done);

#endif
