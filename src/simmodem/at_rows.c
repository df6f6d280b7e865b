#include "simmodem/at_rows.h"

#include <string.h>

#include "simmodem/modem.h"

static const struct at_row *const tables[] = {
	at_rows_basic, at_rows_sms, at_rows_write, at_rows_status, at_rows_sim, at_rows_call,
};

static const struct at_row *find(const char *name)
{
	for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++)
		for (const struct at_row *row = tables[t]; row->name; row++)
			if (strcmp(row->name, name) == 0)
				return row;
	return NULL;
}

static int sim_problem(const struct modem *m, unsigned needs)
{
	static const int cme[] = { 0, AT_CME(11), AT_CME(12), AT_CME(10) };
	static const int cms[] = { 0, AT_CMS(311), AT_CMS(316), AT_CMS(310) };

	if (needs & AT_SIM_CMS)
		return cms[m->card.state];
	return needs & AT_SIM_CME ? cme[m->card.state] : 0;
}

static int int_row_set(struct modem *m, const struct at_row *row, const struct at_command *cmd)
{
	struct at_value v[4];
	int n = at_values_split(cmd, v, 4), value;

	/* Further values, as in +CREG's relatives, are taken and have no effect. */
	if (n < 1 || at_value_int(&v[0], row->min, row->min, row->max, &value))
		return AT_CME(50);
	*(int *)((char *)&m->set + row->offset - 1) = value;
	return AT_OK;
}

static int int_row_read(struct modem *m, const struct at_row *row)
{
	at_info(m, "%s: %d", row->name, *(const int *)((const char *)&m->set + row->offset - 1));
	return AT_OK;
}

static int run_test(struct modem *m, const struct at_row *row)
{
	if (!row->test)
		return AT_ERROR;
	if (*row->test)
		at_info(m, "%s: %s", row->name, row->test);
	return AT_OK;
}

int at_rows_run(struct modem *m, const struct at_command *cmd)
{
	const struct at_row *row = find(cmd->name);
	at_handler *handler = NULL;
	int problem;

	if (!row)
		return m->set.cmee && cmd->name[0] == '+' ? AT_CME(4) : AT_ERROR;
	if (cmd->form == AT_TEST && row->test_run)
		return row->test_run(m, cmd);
	if (cmd->form == AT_TEST)
		return run_test(m, row);
	if ((problem = sim_problem(m, row->needs)))
		return problem;
	if (row->offset && cmd->form == AT_SET)
		return int_row_set(m, row, cmd);
	if (row->offset && cmd->form == AT_READ && !row->read)
		return int_row_read(m, row);
	handler = cmd->form == AT_EXEC ? row->exec : cmd->form == AT_READ ? row->read : row->set;
	return handler ? handler(m, cmd) : AT_ERROR;
}
