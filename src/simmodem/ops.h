/* What can be asked of the simulator: a row a request, in the file of its subject. */
#ifndef HL_SIMMODEM_OPS_H
#define HL_SIMMODEM_OPS_H

#include <jansson.h>

#include "simmodem/sim.h"
#include "wire/fields.h"

struct wire_conn;

struct op_call {
	struct sim *sim;
	struct wire_conn *conn;
	const json_t *request;
	json_t *reply;          /* what is added goes to the caller */
	struct hl_reason why;   /* filled where the request fails */
};

struct op_row {
	const char *name;
	int (*run)(struct op_call *call);
	const char *help;
};

extern const struct op_row ops_sms[], ops_modem[], ops_state[], ops_network[], ops_quirk[];

/* Carries out one line; the answer is the caller's to free(3). */
char *ops_run(struct sim *sim, struct wire_conn *conn, const char *line, size_t len);

/* For handlers: reads the fields into the struct (already holding defaults), and finds the modem by its index. */
int op_fields(struct op_call *call, const struct wire_field *rows, void *to);
int op_modem(struct op_call *call, int64_t index, struct modem **modem);

#endif
