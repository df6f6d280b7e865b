/* The commands of TS 27.007 about the SIM: PIN and PUK with their counters, identities. */
#include <string.h>

#include "base/mem.h"
#include "simmodem/at_rows.h"
#include "simmodem/modem.h"
#include "simmodem/network.h"

#define PIN_TRIES 3

static int read_cpin(struct modem *m, const struct at_command *cmd)
{
	static const char *const texts[] = { [PIN_READY] = "READY", [PIN_NEEDED] = "SIM PIN", [PUK_NEEDED] = "SIM PUK" };

	(void)cmd;
	if (m->quirks.delay_times > 0) {
		m->quirks.delay_times--;
		return AT_CME((int)m->quirks.delay_cme);
	}
	if (m->card.state == SIM_ABSENT)
		return AT_CME(10);
	at_info(m, "+CPIN: %s", texts[m->card.state]);
	return AT_OK;
}

static int unlocked(struct modem *m)
{
	m->card.state = PIN_READY;
	m->card.pin_tries = PIN_TRIES;
	network_pump(m);
	return AT_OK;
}

static int enter_pin(struct sim_card *card, struct modem *m, const char *pin)
{
	if (strcmp(pin, card->pin) == 0)
		return unlocked(m);
	if (--card->pin_tries == 0)
		card->state = PUK_NEEDED;
	return card->state == PUK_NEEDED ? AT_CME(12) : AT_CME(16);
}

static int enter_puk(struct sim_card *card, struct modem *m, const char *puk, const char *new_pin)
{
	if (strcmp(puk, card->puk) != 0) {
		if (--card->puk_tries == 0)
			card->state = SIM_ABSENT;
		return AT_CME(16);
	}
	hl_strlcpy(card->pin, sizeof(card->pin), new_pin);
	return unlocked(m);
}

static int set_cpin(struct modem *m, const struct at_command *cmd)
{
	struct at_value v[2];
	char first[9], second[9] = "";
	int n = at_values_split(cmd, v, 2);

	if (n < 1 || at_value_text(&v[0], first, sizeof(first)) || (n > 1 && at_value_text(&v[1], second, sizeof(second))))
		return AT_CME(50);
	switch (m->card.state) {
	case PIN_NEEDED:
		return n == 1 ? enter_pin(&m->card, m, first) : AT_CME(50);
	case PUK_NEEDED:
		return n == 2 ? enter_puk(&m->card, m, first, second) : AT_CME(12);
	case SIM_ABSENT:
		return AT_CME(10);
	case PIN_READY:
		break;
	}
	return AT_CME(3);
}

/* What families have instead of +CPINR: the attempts at the PIN, and others. */
static int run_counter(struct modem *m, const struct at_command *cmd)
{
	int left = m->card.pin_tries;

	if (strcmp(m->quirks.counter, cmd->name) != 0)
		return AT_ERROR;
	if (m->card.state == SIM_ABSENT)
		return AT_CME(10);
	if (strcmp(cmd->name, "^CPIN") == 0)
		at_info(m, "^CPIN: SIM PIN,%d,%d,%d,10,3", left, m->card.puk_tries, left);
	else if (strcmp(cmd->name, "+CPINC") == 0)
		at_info(m, "+CPINC: %d,3,%d,10", left, m->card.puk_tries);
	else if (strcmp(cmd->name, "+SPIC") == 0)
		at_info(m, "+SPIC: %d,3,%d,10", left, m->card.puk_tries);
	else if (strcmp(cmd->name, "_OERCN") == 0)
		at_info(m, "_OERCN: %d,%d", left, m->card.puk_tries);
	else
		at_info(m, "%s: %d", cmd->name, left); /* ^SPIC, #PCT */
	return AT_OK;
}

/* TS 27.007 8.66: tries left, and the tries there are. */
static int run_cpinr(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	if (m->quirks.counter[0])
		return AT_ERROR;
	if (m->card.state == SIM_ABSENT)
		return AT_CME(10);
	at_info(m, "+CPINR: SIM PIN,%d,%d", m->card.pin_tries, PIN_TRIES);
	at_info(m, "+CPINR: SIM PUK,%d,10", m->card.puk_tries);
	return AT_OK;
}

/* +CLCK="SC",2 asks whether the SIM wants a PIN; locking and unlocking (0, 1) need the PIN. */
static int set_clck(struct modem *m, const struct at_command *cmd)
{
	struct at_value v[4];
	int n = at_values_split(cmd, v, 4), mode;
	char facility[4], pin[9];

	if (n < 2 || at_value_text(&v[0], facility, sizeof(facility)) || at_value_int(&v[1], 2, 0, 2, &mode))
		return AT_CME(50);
	if (strcmp(facility, "SC") != 0 && mode == 2) {
		at_info(m, "+CLCK: 0");
		return AT_OK;
	}
	if (mode == 2) {
		at_info(m, "+CLCK: %d", m->card.pin[0] != '\0');
		return AT_OK;
	}
	if (n < 3 || at_value_text(&v[2], pin, sizeof(pin)))
		return AT_CME(50);
	if (m->card.pin[0] && strcmp(pin, m->card.pin) != 0)
		return AT_CME(16);
	hl_strlcpy(m->card.pin, sizeof(m->card.pin), mode ? pin : "");
	return AT_OK;
}

static int run_cimi(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "%s", m->card.imsi);
	return AT_OK;
}

static int run_ccid(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "%s: 8997699%s", cmd->name, m->card.imsi + 3);
	return AT_OK;
}

static int run_cnum(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CNUM: ,\"%s\",145", m->card.number);
	return AT_OK;
}

const struct at_row at_rows_sim[] = {
	{ .name = "+CPIN", .read = read_cpin, .set = set_cpin, .test = "" },
	{ .name = "+CPINR", .exec = run_cpinr, .test = "" },
	{ .name = "^CPIN", .read = run_counter },
	{ .name = "+CPINC", .read = run_counter },
	{ .name = "+SPIC", .exec = run_counter },
	{ .name = "#PCT", .exec = run_counter },
	{ .name = "_OERCN", .read = run_counter },
	{ .name = "^SPIC", .exec = run_counter, .set = run_counter },
	{ .name = "+CLCK", .needs = AT_SIM_CME, .set = set_clck, .test = "(\"SC\")" },
	{ .name = "+CIMI", .needs = AT_SIM_CME, .exec = run_cimi, .test = "" },
	{ .name = "+CCID", .needs = AT_SIM_CME, .exec = run_ccid, .test = "" },
	{ .name = "+CNUM", .needs = AT_SIM_CME, .exec = run_cnum, .test = "" },
	{ .name = NULL },
};
