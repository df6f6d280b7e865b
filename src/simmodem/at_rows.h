/* The commands as tables: a row has the command's name and a handler a form. A handler returns a result of at.h. */
#ifndef HL_SIMMODEM_AT_ROWS_H
#define HL_SIMMODEM_AT_ROWS_H

#include <stddef.h>

#include "simmodem/at.h"
#include "simmodem/at_line.h"

/* What a command needs before it works. */
#define AT_SIM_CME 1u /* an unlocked SIM, else +CME ERROR: 11 */
#define AT_SIM_CMS 2u /* an unlocked SIM, else +CMS ERROR: 311 */

typedef int at_handler(struct modem *m, const struct at_command *cmd);

struct at_row {
	const char *name;
	unsigned needs;
	at_handler *exec, *read, *set; /* NULL: the form is an error */
	const char *test;              /* what =? says after the name, "" for a bare OK, NULL: an error */
	at_handler *test_run;          /* for =? where that changes */
	/* Rows made by AT_INT_ROW: a number in struct settings. */
	size_t offset;
	int min, max;
};

/* A command that sets and reads one number of struct settings. */
#define AT_INT_ROW(name, needs, field, min, max, test) \
	{ name, needs, NULL, NULL, NULL, test, NULL, offsetof(struct settings, field) + 1, min, max }

extern const struct at_row at_rows_basic[], at_rows_status[], at_rows_sim[], at_rows_sms[], at_rows_write[], at_rows_call[];

/* Runs one command. */
int at_rows_run(struct modem *m, const struct at_command *cmd);

#endif
