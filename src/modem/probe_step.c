/* The checks as a table, and what their answers mean. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "modem/identify.h"
#include "modem/pin.h"
#include "modem/probe_inside.h"

#define SIGNAL_WEAK 5      /* of AT+CSQ's 31: texts fail below */
#define CME_NO_SIM 10
#define CME_SIM_FAILURE 13
#define MEMORY_FULL_PERCENT 100

/* ---- AT and who it is -------------------------------------------------------------------------------------------- */

static void judge_answers(struct probe *p, const struct at_reply *reply)
{
	if (reply->result == AT_OK) {
		probe_green(p, "answers AT", "yes");
		return;
	}
	if (p->profile.at_interface >= 0)
		probe_red(p, "answers AT", "try its other ports; the profile says which USB interface it is (at_interface)",
			  "nobody answers: not a modem, not its AT port (%s: interface %lld), or switched off", p->profile_name,
			  (long long)p->profile.at_interface);
	else
		probe_red(p, "answers AT", "try its other ports (a stick has several); wait half a minute after plugging in",
			  "nobody answers: not a modem, not its AT port, or switched off");
	p->over = "it does not answer";
}

static bool is_announcement(const struct probe *p, const char *line)
{
	return modem_profile_lists(&p->profile.reset_urcs, line) || modem_profile_lists(&p->profile.full_urcs, line);
}

static void take_maker(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	if (!is_announcement(p, line))
		at_plain(p->maker, sizeof(p->maker), line);
}

static void take_model(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	if (!is_announcement(p, line))
		at_plain(p->model, sizeof(p->model), line);
}

static void choose_profile(struct probe *p, const struct at_reply *reply)
{
	(void)reply;
	probe_plan_choose(p);
}

static void take_imei(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	if (identify_imei_is_usable(line))
		hl_strlcpy(p->imei, sizeof(p->imei), line);
}

static void judge_model(struct probe *p, const struct at_reply *reply)
{
	(void)reply;
	if (p->imei[0])
		probe_green(p, "model", "%s %s, IMEI %s", p->maker, p->model, p->imei);
	else
		probe_red(p, "model", "it works, but is not known again under another tty: name it by tty in hotlined.conf",
			  "%s %s, without a usable IMEI", p->maker, p->model);
}

/* ---- the SIM ----------------------------------------------------------------------------------------------------- */

static void take_lock(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	p->lock = pin_read_lock(line);
}

static void judge_sim(struct probe *p, const struct at_reply *reply)
{
	if (reply->result == AT_OK && p->lock != SIM_UNKNOWN)
		probe_green(p, "SIM", "it is in");
	else if (reply->error == AT_KIND_CME && reply->code == CME_SIM_FAILURE)
		probe_red(p, "SIM", "try the SIM in a telephone; clean its contacts, or have it replaced", "the modem cannot read it");
	else if (reply->error == AT_KIND_CME && setup_code_is_busy(&p->profile, reply))
		probe_red(p, "SIM", "wait half a minute and probe again", "it is still busy (+CME ERROR: %d)", reply->code);
	else if (reply->error == AT_KIND_CME && reply->code != CME_NO_SIM)
		probe_red(p, "SIM", "try the SIM in a telephone, then another modem", "refused (+CME ERROR: %d)", reply->code);
	else
		probe_red(p, "SIM", "put one in, the right way round, until it clicks; then pull the modem out and put it back",
			  "none is in");
}

static bool make_counter(const struct probe *p, size_t item, char *out, size_t size)
{
	if (item || (p->lock != SIM_WANTS_PIN && p->lock != SIM_WANTS_PUK) || !p->profile.pin_counter[0])
		return false;
	hl_strlcpy(out, size, p->profile.pin_counter);
	return true;
}

static void take_counter(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	at_field_int(line, (unsigned)p->profile.pin_counter_field, &p->pin_left);
}

static void judge_pin(struct probe *p, const struct at_reply *reply)
{
	char left[64] = "how many attempts are left it does not tell";

	(void)reply;
	if (p->pin_left >= 0)
		snprintf(left, sizeof(left), "%d attempt%s left", p->pin_left, p->pin_left == 1 ? " is" : "s are");
	switch (p->lock) {
	case SIM_OPEN:
		probe_green(p, "PIN", "none is asked for");
		return;
	case SIM_WANTS_PIN:
		probe_red(p, "PIN", "write pin = \"...\" for this modem in hotlined.conf, or switch the PIN off in a telephone",
			  "the SIM asks for it; %s; none was tried", left);
		return;
	case SIM_WANTS_PUK:
		probe_red(p, "PIN", "put the SIM into a telephone and enter its PUK and a new PIN", "the SIM asks for its PUK");
		return;
	case SIM_OTHER:
		probe_red(p, "PIN", "use the SIM that it was sold with, or have its lock removed", "the modem itself is locked");
		return;
	case SIM_UNKNOWN:
		probe_skip(p, "PIN", "the SIM comes first");
		return;
	}
}

/* ---- the network ------------------------------------------------------------------------------------------------- */

static void take_creg(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	at_field_int(line, at_field_count(line) >= 2, &p->stat);
}

static void take_cereg(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	at_field_int(line, at_field_count(line) >= 2, &p->stat_lte);
}

static void take_operator(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;
	char name[48] = "";

	(void)pdu;
	at_field_text(line, 2, name, sizeof(name));
	at_plain(p->operator_name, sizeof(p->operator_name), name);
}

/* TS 27.007 7.2 <stat>. */
static void judge_registered(struct probe *p, const struct at_reply *reply)
{
	static const struct { int stat; const char *text, *mend; } reds[] = {
		{ 0, "no, and it does not look for a network", "is the antenna on, is flight mode off (AT+CFUN=1)? is the SIM activated?" },
		{ 2, "not yet: it is looking for a network", "wait a minute; then: antenna, a place by the window, the operator's bands" },
		{ 3, "the network refuses this SIM", "ask the operator: is it activated, paid, unblocked, allowed in this modem?" },
	};

	(void)reply;
	if (p->stat == 1 || p->stat == 5 || p->stat_lte == 1 || p->stat_lte == 5) {
		probe_green(p, "registered", "%s%s%s", p->stat == 5 || p->stat_lte == 5 ? "roaming" : "at home",
			    p->operator_name[0] ? ", " : "", p->operator_name);
		return;
	}
	for (size_t i = 0; i < sizeof(reds) / sizeof(reds[0]); i++) {
		if (reds[i].stat == p->stat) {
			probe_red(p, "registered", reds[i].mend, "%s", reds[i].text);
			return;
		}
	}
	probe_red(p, "registered", "try the SIM in a telephone at the same place", "unknown: it does not tell");
}

static void take_signal(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	at_field_int(line, 0, &p->signal);
}

static void judge_signal(struct probe *p, const struct at_reply *reply)
{
	(void)reply;
	if (p->signal < 0 || p->signal > 31)
		probe_red(p, "signal", "screw the antenna on; move the modem to a window", "none, or unknown");
	else if (p->signal < SIGNAL_WEAK)
		probe_red(p, "signal", "a better antenna, or a place by the window", "weak: %d of 31", p->signal);
	else
		probe_green(p, "signal", "%d of 31", p->signal);
}

/* Its number is not shown: it tells the operator, and numbers stay out of what is printed. */
static void take_smsc(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;
	char number[32] = "";

	(void)pdu;
	p->smsc = at_field_text(line, 0, number, sizeof(number)) && strspn(number, "+0123456789") >= 3;
}

static void judge_smsc(struct probe *p, const struct at_reply *reply)
{
	(void)reply;
	if (p->smsc)
		probe_green(p, "SMSC", "the SIM knows its service centre");
	else
		probe_red(p, "SMSC", "ask the operator for its number and set it in a telephone (message settings): without it nothing "
			  "can be sent", "the SIM has no service centre number");
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

/* +CPMS: <mem1>,<used1>,<total1>,<mem2>,...,<mem3>,<used3>,<total3>: the third takes what arrives. */
static void take_memory(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;
	unsigned at = at_field_count(line) >= 9 ? 6 : 0;

	(void)pdu;
	at_field_text(line, at, p->memory, sizeof(p->memory));
	at_field_int(line, at + 1, &p->used);
	at_field_int(line, at + 2, &p->total);
}

static void judge_memory(struct probe *p, const struct at_reply *reply)
{
	(void)reply;
	if (p->total <= 0)
		probe_red(p, "memory", "another modem: texts could not be kept while nobody reads them",
			  "it tells of no memory for texts");
	else if (p->used * 100 >= p->total * MEMORY_FULL_PERCENT)
		probe_red(p, "memory", "start its worker: it reads and empties it; drafts and copies are to be deleted by hand",
			  "%s is full: %d of %d", p->memory, p->used, p->total);
	else
		probe_green(p, "memory", "%s holds %d of %d texts", p->memory, p->used, p->total);
}

static void take_cnmi(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;
	const char *values = strchr(line, ':');

	(void)pdu;
	values = values ? values + 1 + strspn(values + 1, " ") : "";
	if (strspn(values, "0123456789, ") == strlen(values))
		hl_strlcpy(p->cnmi_before, sizeof(p->cnmi_before), values);
}

static bool make_notify(const struct probe *p, size_t item, char *out, size_t size)
{
	if (item >= p->profile.notify.count)
		return false;
	snprintf(out, size, "AT+CNMI=%s", p->profile.notify.item[item]);
	return true;
}

static void judge_notify(struct probe *p, const struct at_reply *reply)
{
	if (reply && reply->result == AT_OK) {
		p->notify = (int)p->item;
		probe_green(p, "store and notify", "AT+CNMI=%s", p->profile.notify.item[p->notify]);
		return;
	}
	probe_red(p, "store and notify", "see what AT+CNMI=? offers and write a value with 1 in second place into a profile (notify)",
		  "it takes none of the profile's values for AT+CNMI");
}

/* TS 27.005 3.4.1 <ds>, the fourth value of what was accepted. */
static void judge_reports(struct probe *p, const struct at_reply *reply)
{
	const char *value = p->notify >= 0 ? p->profile.notify.item[p->notify] : "";
	int ds = 0;

	(void)reply;
	at_field_int(value, 3, &ds);
	if (p->profile.reports == PROFILE_REPORTS_NONE)
		probe_skip(p, "delivery reports", "this family has none: texts end as \"sent\"");
	else if (p->notify < 0)
		probe_skip(p, "delivery reports", "store and notify comes first");
	else if (ds == 0)
		probe_red(p, "delivery reports", "it can be used; texts end as \"sent\". Write reports = \"none\" into its profile to have "
			  "this green", "it refuses them");
	else
		probe_green(p, "delivery reports", "%s", ds == 1 ? "handed over directly" : "stored and announced");
}

static bool make_restore(const struct probe *p, size_t item, char *out, size_t size)
{
	if (item || !p->cnmi_before[0])
		return false;
	snprintf(out, size, "AT+CNMI=%s", p->cnmi_before);
	return true;
}

/* ---- USSD -------------------------------------------------------------------------------------------------------- */

static bool make_ussd(const struct probe *p, size_t item, char *out, size_t size)
{
	if (item || p->profile.ussd_request == PROFILE_USSD_NONE)
		return false;
	hl_strlcpy(out, size, "AT+CUSD?");
	return true;
}

static void take_ussd(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)line;
	(void)pdu;
	p->knows_ussd = true;
}

static void judge_ussd(struct probe *p, const struct at_reply *reply)
{
	(void)reply;
	if (p->profile.ussd_request == PROFILE_USSD_NONE)
		probe_skip(p, "USSD", "this family has none: no balance, no menus on this modem");
	else if (p->knows_ussd)
		probe_green(p, "USSD", "known");
	else
		probe_red(p, "USSD", "texts work without it; for balance and menus use another modem, or write ussd_request = \"none\" "
			  "into a profile", "it does not know AT+CUSD");
}

/* ------------------------------------------------------------------------------------------------------------------ */

#define NONE AT_SHAPE_NONE, NULL
#define TEXT AT_SHAPE_TEXT, NULL
#define LINE(prefix) AT_SHAPE_PREFIX, prefix

const struct probe_step probe_steps[] = {
	{ "answers AT", "AT", NULL, NONE, false, 3, NULL, judge_answers, false },
	{ NULL, "ATE0", NULL, NONE, false, 2, NULL, NULL, false },
	{ NULL, "AT+CMEE=1", NULL, NONE, false, 2, NULL, NULL, false },
	{ NULL, "AT+CGMI", NULL, TEXT, false, 2, take_maker, NULL, false },
	{ NULL, "AT+CGMM", NULL, TEXT, false, 2, take_model, choose_profile, false },
	{ "model", "AT+CGSN", NULL, AT_SHAPE_DIGITS, NULL, false, 3, take_imei, judge_model, false },
	{ "SIM", "AT+CPIN?", NULL, LINE("+CPIN:"), false, 8, take_lock, judge_sim, false },
	{ "PIN", "", make_counter, LINE(""), false, 2, take_counter, judge_pin, false },
	{ NULL, "AT+CREG?", NULL, LINE("+CREG:"), true, 2, take_creg, NULL, false },
	{ NULL, "AT+COPS?", NULL, LINE("+COPS:"), true, 2, take_operator, NULL, false },
	{ "registered", "AT+CEREG?", NULL, LINE("+CEREG:"), true, 2, take_cereg, judge_registered, false },
	{ "signal", "AT+CSQ", NULL, LINE("+CSQ:"), true, 2, take_signal, judge_signal, false },
	{ "SMSC", "AT+CSCA?", NULL, LINE("+CSCA:"), true, 5, take_smsc, judge_smsc, false },
	{ "memory", "AT+CPMS?", NULL, LINE("+CPMS:"), true, 5, take_memory, judge_memory, false },
	{ NULL, "AT+CNMI?", NULL, LINE("+CNMI:"), true, 2, take_cnmi, NULL, false },
	{ "store and notify", "", make_notify, NONE, true, 2, NULL, judge_notify, true },
	{ "delivery reports", "", NULL, NONE, true, 0, NULL, judge_reports, false },
	{ NULL, "", make_restore, NONE, true, 1, NULL, NULL, false },
	{ "USSD", "", make_ussd, LINE("+CUSD:"), true, 2, take_ussd, judge_ussd, false },
};
const size_t probe_step_count = sizeof(probe_steps) / sizeof(probe_steps[0]);
