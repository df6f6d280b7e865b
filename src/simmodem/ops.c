#include "simmodem/ops.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int run_help(struct op_call *call);

static const struct op_row ops_general[] = {
	{ "help", run_help, "all requests in one line each" },
	{ NULL, NULL, NULL },
};

static const struct op_row *const tables[] = { ops_general, ops_sms, ops_modem, ops_state, ops_network, ops_quirk };

#define TABLES (sizeof(tables) / sizeof(tables[0]))

static int run_help(struct op_call *call)
{
	json_t *all = json_object();

	for (size_t t = 0; t < TABLES; t++)
		for (const struct op_row *row = tables[t]; row->name; row++)
			json_object_set_new(all, row->name, json_string(row->help));
	json_object_set_new(call->reply, "ops", all);
	return 0;
}

static const struct op_row *find(const char *name)
{
	for (size_t t = 0; name && t < TABLES; t++)
		for (const struct op_row *row = tables[t]; row->name; row++)
			if (strcmp(row->name, name) == 0)
				return row;
	return NULL;
}

int op_fields(struct op_call *call, const struct wire_field *rows, void *to)
{
	return wire_fields_decode(rows, call->request, to, &call->why);
}

int op_modem(struct op_call *call, int64_t index, struct modem **modem)
{
	if (index < 0 || index >= call->sim->count)
		return hl_fail(&call->why, HL_ENOENT, "there is no modem %lld", (long long)index);
	*modem = &call->sim->modem[index];
	return 0;
}

static int run(struct op_call *call)
{
	const char *name = json_string_value(json_object_get(call->request, "op"));
	const struct op_row *row = find(name);
	int err;

	if (!call->request)
		return hl_fail(&call->why, HL_EINVAL, "a request is one JSON object a line");
	if (!row)
		return hl_fail(&call->why, HL_EINVAL, "unknown op: {\"op\":\"help\"} lists them");
	err = row->run(call);
	if (err && call->why.text[0] == '\0')
		hl_fail(&call->why, err, "%s", hl_strerror(err));
	return err;
}

char *ops_run(struct sim *sim, struct wire_conn *conn, const char *line, size_t len)
{
	json_t *request = json_loadb(line, len, 0, NULL), *id = json_object_get(request, "id");
	struct op_call call = { .sim = sim, .conn = conn, .reply = json_object() };
	char *answer;
	int err;

	call.request = json_is_object(request) ? request : NULL;
	err = run(&call);
	json_object_set_new(call.reply, "ok", json_boolean(err == 0));
	if (err)
		json_object_set_new(call.reply, "error", json_string(call.why.text));
	if (id)
		json_object_set(call.reply, "id", id);
	answer = json_dumps(call.reply, JSON_COMPACT);
	json_decref(call.reply);
	json_decref(request);
	return answer ? answer : hl_strdup("{\"ok\":false,\"error\":\"the answer is no valid JSON\"}");
}
