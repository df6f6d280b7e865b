/* The commands of TS 27.007 about network, signal and power. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "simmodem/at_rows.h"
#include "simmodem/modem.h"
#include "simmodem/network.h"
#include "simmodem/sim.h"

#define RESTART_DROP_MS 100 /* time to read the OK before the line is hung up */

static int run_csq(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CSQ: %d,%d", m->signal, m->ber);
	return AT_OK;
}

static int run_cesq(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CESQ: %d,%d,255,255,255,255", m->signal == 99 ? 99 : m->signal * 2, m->ber);
	return AT_OK;
}

/* +CREG, +CGREG and +CEREG tell the same state. */
static int read_reg(struct modem *m, const struct at_command *cmd)
{
	int n = cmd->name[2] == 'R' ? m->set.creg : cmd->name[2] == 'G' ? m->set.cgreg : m->set.cereg;

	if (m->quirks.creg_after_ok) {
		char line[32];
		snprintf(line, sizeof(line), "%s: %d,%d", cmd->name, n, m->registration);
		at_urc(m, line); /* held back until the command has ended */
		return AT_OK;
	}
	if (n == 2 && (m->registration == 1 || m->registration == 5))
		at_info(m, "%s: %d,%d,\"00C3\",\"0000A1B2\"", cmd->name, n, m->registration);
	else
		at_info(m, "%s: %d,%d", cmd->name, n, m->registration);
	return AT_OK;
}

static int read_cops(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	if (m->registration != 1 && m->registration != 5)
		at_info(m, "+COPS: 0");
	else
		at_info(m, "+COPS: 0,%d,\"%s\"", m->set.cops_format, m->set.cops_format == 2 ? m->plmn : m->operator_name);
	return AT_OK;
}

static int set_cops(struct modem *m, const struct at_command *cmd)
{
	struct at_value v[4];
	int n = at_values_split(cmd, v, 4), mode, format = m->set.cops_format;

	if (n < 1 || at_value_int(&v[0], 0, 0, 4, &mode) || (n > 1 && at_value_int(&v[1], format, 0, 2, &format)))
		return AT_CME(50);
	m->set.cops_format = format;
	if (mode == 2)
		modem_set_registration(m, 0);
	else if (mode != 3 && m->registration == 0)
		modem_set_registration(m, 1);
	return AT_OK;
}

static int test_cops(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+COPS: (2,\"%s\",\"%s\",\"%s\"),,(0-4),(0-2)", m->operator_name, m->operator_name, m->plmn);
	return AT_OK;
}

static int read_cfun(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CFUN: %d", m->cfun);
	return AT_OK;
}

/* The result of +CFUN=1,1 is out before the modem goes down. */
static void on_restart(evutil_socket_t fd, short what, void *arg)
{
	struct modem *m = arg;

	(void)fd;
	(void)what;
	if (modem_fault_take(m, FAULT_RESET_DROPS, NULL))
		modem_unplug(m, m->faults.row[FAULT_RESET_DROPS].ms > 0 ? m->faults.row[FAULT_RESET_DROPS].ms : 1);
	else
		modem_reset(m, m->boot_urc);
	pty_flush(&m->pty);
}

static int set_cfun(struct modem *m, const struct at_command *cmd)
{
	static const struct timeval at_once = { 0, 0 }, soon = { 0, RESTART_DROP_MS * 1000 };
	struct at_value v[2];
	int n = at_values_split(cmd, v, 2), fun, reset = 0;

	if (n < 1 || at_value_int(&v[0], 1, 0, 4, &fun) || (n > 1 && at_value_int(&v[1], 0, 0, 1, &reset)))
		return AT_CME(50);
	if (fun != 0 && fun != 1 && fun != 4)
		return AT_CME(4);
	m->cfun = fun;
	if (reset)
		event_base_once(m->sim->base, -1, EV_TIMEOUT, on_restart, m,
			modem_fault_is_on(m, FAULT_RESET_DROPS, NULL) ? &soon : &at_once);
	else
		network_pump(m);
	return AT_OK;
}

static int read_cclk(struct modem *m, const struct at_command *cmd)
{
	uint8_t field[7];
	char shown[32];

	(void)cmd;
	network_time(field);
	pdu_time_show(field, shown);
	at_info(m, "+CCLK: \"%s\"", shown);
	return AT_OK;
}

static int set_cclk(struct modem *m, const struct at_command *cmd)
{
	(void)m;
	(void)cmd;
	return AT_OK;
}

static int run_cpas(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CPAS: %d", m->call.ringing ? 3 : m->call.active ? 4 : 0);
	return AT_OK;
}

static int run_cbc(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CBC: 0,100");
	return AT_OK;
}

static int read_cgatt(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CGATT: %d", m->registration == 1 || m->registration == 5);
	return AT_OK;
}

const struct at_row at_rows_status[] = {
	{ .name = "+CSQ", .exec = run_csq, .test = "(0-31,99),(0-7,99)" },
	{ .name = "+CESQ", .exec = run_cesq, .test = "(0-63,99),(0-7,99),(255),(255),(255),(255)" },
	{ "+CREG", 0, NULL, read_reg, NULL, "(0-2)", NULL, offsetof(struct settings, creg) + 1, 0, 2 },
	{ "+CGREG", 0, NULL, read_reg, NULL, "(0-2)", NULL, offsetof(struct settings, cgreg) + 1, 0, 2 },
	{ "+CEREG", 0, NULL, read_reg, NULL, "(0-2)", NULL, offsetof(struct settings, cereg) + 1, 0, 2 },
	{ .name = "+CGATT", .read = read_cgatt, .test = "(0,1)" },
	{ .name = "+COPS", .read = read_cops, .set = set_cops, .test_run = test_cops },
	{ .name = "+CFUN", .read = read_cfun, .set = set_cfun, .test = "(0,1,4),(0,1)" },
	{ .name = "+CCLK", .read = read_cclk, .set = set_cclk, .test = "" },
	{ .name = "+CPAS", .exec = run_cpas, .test = "(0,3,4)" },
	{ .name = "+CBC", .exec = run_cbc, .test = "(0),(0-100)" },
	AT_INT_ROW("+CTZR", 0, ctzr, 0, 1, "(0,1)"),
	AT_INT_ROW("+CLVL", 0, clvl, 0, 7, "(0-7)"),
	{ .name = NULL },
};
