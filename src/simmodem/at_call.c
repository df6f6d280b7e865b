/* Calls and USSD: D, H, A, +CHUP, +CLIP, +CUSD. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "simmodem/at_rows.h"
#include "simmodem/call.h"
#include "simmodem/charset.h"
#include "simmodem/sim.h"

static int dial(struct modem *m, const struct at_command *cmd)
{
	char number[64];

	if (cmd->args_len == 0 || cmd->args_len >= sizeof(number))
		return AT_ERROR;
	memcpy(number, cmd->args, cmd->args_len);
	number[cmd->args_len] = '\0';
	if (!modem_in_service(m))
		return AT_NO_CARRIER;
	if (strchr("*#", number[0]) && strchr(number, '#')) {
		number[strcspn(number, ";")] = '\0';
		ussd_dial(m, number);
		return AT_OK;
	}
	if (!strchr(number, ';'))
		return AT_NO_CARRIER; /* nobody answers data calls */
	m->call.active = true;
	if (watch_wanted(m->sim, WATCH_CALL))
		watch_tell(m->sim, WATCH_CALL, m, json_pack("{s:s}", "what", "dialled"));
	return AT_OK;
}

static int hang_up(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	if ((m->call.ringing || m->call.active) && watch_wanted(m->sim, WATCH_CALL))
		watch_tell(m->sim, WATCH_CALL, m, json_pack("{s:s}", "what", "hung up"));
	call_end(m);
	return AT_OK;
}

static int answer(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	if (!m->call.ringing)
		return AT_NO_CARRIER;
	call_end(m);
	m->call.active = true;
	if (watch_wanted(m->sim, WATCH_CALL))
		watch_tell(m->sim, WATCH_CALL, m, json_pack("{s:s}", "what", "answered"));
	return AT_OK;
}

static int run_clcc(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	if (m->call.ringing || m->call.active)
		at_info(m, "+CLCC: 1,%d,%d,0,0,\"%s\",145", m->call.ringing, m->call.ringing ? 4 : 0, m->call.from);
	return AT_OK;
}

static int read_clip(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CLIP: %d,1", m->set.clip);
	return AT_OK;
}

static int set_cusd(struct modem *m, const struct at_command *cmd)
{
	struct at_value v[3];
	char code[1024];
	int n = at_values_split(cmd, v, 3), mode, dcs = 15;

	if (m->quirks.no_ussd)
		return AT_CME(4);
	if (n < 1 || at_value_int(&v[0], 0, 0, 2, &mode))
		return AT_CME(50);
	if (mode == 2) {
		ussd_cancel(m);
		return AT_OK;
	}
	m->set.cusd = mode;
	if (n < 2)
		return AT_OK;
	if ((n > 2 && at_value_int(&v[2], 15, 0, 255, &dcs)) ||
		ussd_understand(m, v[1].text, v[1].len, dcs, code, sizeof(code)) <= 0)
		return AT_CME(50);
	if (!modem_in_service(m))
		return AT_CME(30);
	ussd_dial(m, code);
	return AT_OK;
}

static int read_cusd(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	if (m->quirks.no_ussd)
		return AT_CME(4);
	at_info(m, "+CUSD: %d", m->set.cusd);
	return AT_OK;
}

const struct at_row at_rows_call[] = {
	{ .name = "D", .needs = AT_SIM_CME, .exec = dial },
	{ .name = "H", .exec = hang_up },
	{ .name = "+CHUP", .exec = hang_up, .test = "" },
	{ .name = "A", .exec = answer },
	{ .name = "+CLCC", .exec = run_clcc, .test = "" },
	{ .name = "+CUSD", .needs = AT_SIM_CME, .read = read_cusd, .set = set_cusd, .test = "(0-2)" },
	{ "+CLIP", 0, NULL, read_clip, NULL, "(0,1)", NULL, offsetof(struct settings, clip) + 1, 0, 1 },
	AT_INT_ROW("+COLP", 0, colp, 0, 1, "(0,1)"),
	AT_INT_ROW("+CRC", 0, crc, 0, 1, "(0,1)"),
	AT_INT_ROW("+CSSN", 0, cssn, 0, 1, "(0,1),(0,1)"),
	{ .name = NULL },
};
