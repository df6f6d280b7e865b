/* The commands of V.250 itself, and those that tell what the device is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "simmodem/at_rows.h"
#include "simmodem/call.h"
#include "simmodem/charset.h"
#include "simmodem/modem.h"

static int number_of(const struct at_command *cmd, int max)
{
	struct at_value v = { cmd->args, cmd->args_len, false };
	int n;

	return at_value_int(&v, 0, 0, max, &n) ? -1 : n;
}

static int set_small(int *setting, const struct at_command *cmd, int max)
{
	int n = number_of(cmd, max);

	if (n < 0)
		return AT_ERROR;
	*setting = n;
	return AT_OK;
}

static int run_e(struct modem *m, const struct at_command *cmd) { return set_small(&m->set.echo, cmd, 1); }
static int run_v(struct modem *m, const struct at_command *cmd) { return set_small(&m->set.verbose, cmd, 1); }
static int run_q(struct modem *m, const struct at_command *cmd) { return set_small(&m->set.quiet, cmd, 1); }
static int run_x(struct modem *m, const struct at_command *cmd) { return set_small(&m->set.xcode, cmd, 4); }

/* Settings that a modem without a real line takes and that change nothing here (&C, &D, L, M...). */
static int run_nothing(struct modem *m, const struct at_command *cmd)
{
	(void)m;
	(void)cmd;
	return AT_OK;
}

static int run_default(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	modem_settings_default(m);
	return AT_OK;
}

static int run_z(struct modem *m, const struct at_command *cmd)
{
	call_end(m);
	return run_default(m, cmd);
}

static int run_i(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "hotlined");
	at_info(m, "simmodem");
	at_info(m, "Revision: 1");
	return AT_OK;
}

static int s_register(const struct modem *m, const struct at_command *cmd)
{
	int n = atoi(cmd->name + 1);

	return cmd->name[1] && n < (int)(sizeof(m->set.s) / sizeof(m->set.s[0])) ? n : -1;
}

static int set_s(struct modem *m, const struct at_command *cmd)
{
	int reg = s_register(m, cmd);

	return reg < 0 ? AT_ERROR : set_small(&m->set.s[reg], cmd, reg >= 3 && reg <= 5 ? 127 : 255);
}

static int read_s(struct modem *m, const struct at_command *cmd)
{
	int reg = s_register(m, cmd);

	if (reg < 0)
		return AT_ERROR;
	at_info(m, "%03d", m->set.s[reg]);
	return AT_OK;
}

static int tell_maker(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "hotlined");
	return AT_OK;
}

static int tell_model(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "%s", m->quirks.model[0] ? m->quirks.model : "simmodem");
	return AT_OK;
}

static int tell_revision(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "1.0");
	return AT_OK;
}

static int tell_imei(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "%s", m->imei);
	return AT_OK;
}

static int tell_gcap(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+GCAP: +CGSM");
	return AT_OK;
}

static int read_cscs(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CSCS: \"%s\"", charset_name((enum te_charset)m->set.charset));
	return AT_OK;
}

static int set_cscs(struct modem *m, const struct at_command *cmd)
{
	struct at_value v;
	char name[8];
	int charset;

	if (at_values_split(cmd, &v, 1) != 1 || at_value_text(&v, name, sizeof(name)) || (charset = charset_named(name)) < 0)
		return AT_CME(50);
	m->set.charset = charset;
	return AT_OK;
}

const struct at_row at_rows_basic[] = {
	{ .name = "E", .exec = run_e },
	{ .name = "V", .exec = run_v },
	{ .name = "Q", .exec = run_q },
	{ .name = "X", .exec = run_x },
	{ .name = "Z", .exec = run_z },
	{ .name = "&F", .exec = run_default },
	{ .name = "&C", .exec = run_nothing },
	{ .name = "&D", .exec = run_nothing },
	{ .name = "&K", .exec = run_nothing },
	{ .name = "&S", .exec = run_nothing },
	{ .name = "&W", .exec = run_nothing },
	{ .name = "L", .exec = run_nothing },
	{ .name = "M", .exec = run_nothing },
	{ .name = "I", .exec = run_i },
	{ .name = "S0", .read = read_s, .set = set_s },
	{ .name = "S3", .read = read_s, .set = set_s },
	{ .name = "S4", .read = read_s, .set = set_s },
	{ .name = "S5", .read = read_s, .set = set_s },
	{ .name = "S7", .read = read_s, .set = set_s },
	{ .name = "S10", .read = read_s, .set = set_s },
	{ .name = "+CGMI", .exec = tell_maker, .test = "" },
	{ .name = "+CGMM", .exec = tell_model, .test = "" },
	{ .name = "+CGMR", .exec = tell_revision, .test = "" },
	{ .name = "+CGSN", .exec = tell_imei, .test = "" },
	{ .name = "+GMI", .exec = tell_maker, .test = "" },
	{ .name = "+GMM", .exec = tell_model, .test = "" },
	{ .name = "+GMR", .exec = tell_revision, .test = "" },
	{ .name = "+GSN", .exec = tell_imei, .test = "" },
	{ .name = "+GCAP", .exec = tell_gcap, .test = "" },
	{ .name = "+CSCS", .read = read_cscs, .set = set_cscs, .test = "(\"GSM\",\"IRA\",\"UCS2\")" },
	AT_INT_ROW("+CMEE", 0, cmee, 0, 2, "(0-2)"),
	{ .name = NULL },
};
