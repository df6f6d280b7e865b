/* The commands of TS 27.005 that read, list and delete messages and say which memories and which notice is wanted. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "simmodem/at_rows.h"
#include "simmodem/network.h"
#include "simmodem/sim.h"
#include "simmodem/sms_set.h"
#include "simmodem/sms_text.h"

static int set_csms(struct modem *m, const struct at_command *cmd)
{
	struct at_value v;
	int service;

	if (at_values_split(cmd, &v, 1) != 1 || at_value_int(&v, 0, 0, 1, &service))
		return AT_CMS(302);
	m->set.csms = service;
	at_info(m, "+CSMS: 1,1,1");
	return AT_OK;
}

static int read_csms(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CSMS: %d,1,1,1", m->set.csms);
	return AT_OK;
}

/* ---- memories ---------------------------------------------------------------------------------------------------- */

static int used(struct modem *m, const struct slots *s)
{
	return modem_fault_is_on(m, FAULT_FULL, NULL) ? s->capacity : s->used;
}

static int set_cpms(struct modem *m, const struct at_command *cmd)
{
	struct slots *mem[3] = { m->set.mem[0], m->set.mem[1], m->set.mem[2] };
	struct at_value v[3];
	char name[3];
	int n = at_values_split(cmd, v, 3);

	for (int i = 0; i < n; i++)
		if (v[i].len && (at_value_text(&v[i], name, sizeof(name)) || !(mem[i] = modem_memory(m, name)) ||
		    (i > 0 && mem[i] == &m->sr)))
			return AT_CMS(302);
	if (n < 1 || (m->quirks.cpms_arguments && n != m->quirks.cpms_arguments))
		return AT_CMS(302);
	memcpy(m->set.mem, mem, sizeof(mem));
	at_info(m, "+CPMS: %d,%d,%d,%d,%d,%d", used(m, mem[0]), mem[0]->capacity, used(m, mem[1]), mem[1]->capacity,
		used(m, mem[2]), mem[2]->capacity);
	network_pump(m);
	return AT_OK;
}

static int read_cpms(struct modem *m, const struct at_command *cmd)
{
	struct slots *const *mem = m->set.mem;

	(void)cmd;
	at_info(m, "+CPMS: \"%s\",%d,%d,\"%s\",%d,%d,\"%s\",%d,%d", mem[0]->name, used(m, mem[0]), mem[0]->capacity,
		mem[1]->name, used(m, mem[1]), mem[1]->capacity, mem[2]->name, used(m, mem[2]), mem[2]->capacity);
	return AT_OK;
}

/* ---- notice ------------------------------------------------------------------------------------------------------ */

static int set_cnmi(struct modem *m, const struct at_command *cmd)
{
	static const int highest[CNMI_VALUES] = { 2, 3, 3, 2, 1 };
	struct at_value v[CNMI_VALUES];
	int n = at_values_split(cmd, v, CNMI_VALUES), cnmi[CNMI_VALUES];

	if (n < 0)
		return AT_CMS(302);
	memcpy(cnmi, m->set.cnmi, sizeof(cnmi));
	for (int i = 0; i < n; i++)
		if (at_value_int(&v[i], cnmi[i], 0, highest[i], &cnmi[i]))
			return AT_CMS(302);
	if (m->quirks.no_notify || (m->quirks.no_ds1 && cnmi[CNMI_DS] == 1) || (m->quirks.only_bfr1 && cnmi[CNMI_BFR] != 1))
		return AT_CMS(303);
	memcpy(m->set.cnmi, cnmi, sizeof(cnmi));
	if (cnmi[CNMI_MODE] && cnmi[CNMI_BFR])
		at_urc_release(m, true);
	network_pump(m);
	return AT_OK;
}

static int read_cnmi(struct modem *m, const struct at_command *cmd)
{
	const int *c = m->set.cnmi;

	(void)cmd;
	at_info(m, "+CNMI: %d,%d,%d,%d,%d", c[0], c[1], c[2], c[3], c[4]);
	return AT_OK;
}

/* Acknowledges +CMT and +CDS in service 1 (3.4.4); the values say it was refused, which changes nothing here. */
static int run_cnma(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	if (m->acks_wanted == 0)
		return AT_CMS(340);
	m->acks_wanted--;
	return AT_OK;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static void on_death(evutil_socket_t fd, short what, void *arg)
{
	struct modem *m = arg;

	(void)fd;
	(void)what;
	modem_reset(m, m->faults.row[FAULT_DIES].text);
	pty_flush(&m->pty);
}

/* Firmware that cannot stand what lies in a slot: it says nothing more and starts anew. */
static void maybe_die(struct modem *m, int slot)
{
	static const struct timeval at_once = { 0, 0 };

	if (m->at.mute || m->faults.row[FAULT_DIES].code != slot || !modem_fault_take(m, FAULT_DIES, NULL))
		return;
	m->at.mute = true;
	event_base_once(m->sim->base, -1, EV_TIMEOUT, on_death, m, &at_once);
}

static void maybe_forget_memory(struct modem *m)
{
	if (m->quirks.forgets_memory)
		m->set.mem[0] = &m->sm;
}

static int show(struct modem *m, struct slot *slot, const char *command, int index)
{
	int result = AT_OK;

	if (m->set.cmgf) {
		result = sms_text_show(m, slot, command, index);
	} else {
		if (index >= 0)
			at_info(m, "%s: %d,%d,,%zu", command, index, (int)slot->status, slot->tpdu_len);
		else
			at_info(m, "%s: %d,,%zu", command, (int)slot->status, slot->tpdu_len);
		at_info_text(m, slot->line, strlen(slot->line));
	}
	if (slot->status == SLOT_UNREAD)
		slot->status = SLOT_READ;
	return result;
}

static int set_cmgr(struct modem *m, const struct at_command *cmd)
{
	struct at_value v;
	struct slot *slot;
	int index;

	if (at_values_split(cmd, &v, 1) != 1 || at_value_int(&v, 0, 0, SLOTS_MAX, &index))
		return AT_CMS(302);
	slot = slots_get(m->set.mem[0], index);
	if (slot)
		maybe_die(m, index);
	maybe_forget_memory(m);
	return slot ? show(m, slot, "+CMGR", -1) : AT_CMS(321);
}

static int list(struct modem *m, int status)
{
	struct slots *s = m->set.mem[0];

	for (int i = s->base; i < s->base + s->capacity; i++) {
		struct slot *slot = slots_get(s, i);
		if (!slot || (status != SLOT_ANY && status != (int)slot->status))
			continue;
		maybe_die(m, i);
		show(m, slot, "+CMGL", i); /* in text mode one that is no PDU is left out */
	}
	maybe_forget_memory(m);
	return AT_OK;
}

static int set_cmgl(struct modem *m, const struct at_command *cmd)
{
	struct at_value v;
	char name[16];
	int status;

	if (at_values_split(cmd, &v, 1) != 1)
		return AT_CMS(302);
	if (m->set.cmgf)
		status = at_value_text(&v, name, sizeof(name)) ? -1 : sms_status_named(name);
	else if (at_value_int(&v, 0, 0, SLOT_ANY, &status))
		status = -1;
	return status < 0 ? AT_CMS(302) : list(m, status);
}

static int run_cmgl(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	return list(m, SLOT_UNREAD);
}

static int test_cmgl(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	at_info(m, "+CMGL: %s", m->set.cmgf ? "(\"REC UNREAD\",\"REC READ\",\"STO UNSENT\",\"STO SENT\",\"ALL\")" : "(0-4)");
	return AT_OK;
}

/* ---- deleting ---------------------------------------------------------------------------------------------------- */

/* <delflag> 1..4 (3.5.4): which statuses go. */
static const unsigned flag_deletes[5] = {
	[1] = 1u << SLOT_READ,
	[2] = 1u << SLOT_READ | 1u << SLOT_SENT,
	[3] = 1u << SLOT_READ | 1u << SLOT_SENT | 1u << SLOT_UNSENT,
	[4] = ~0u,
};

static int set_cmgd(struct modem *m, const struct at_command *cmd)
{
	struct slots *s = m->set.mem[0];
	struct at_value v[2];
	int n = at_values_split(cmd, v, 2), index, flag = 0;

	if (n < 1 || at_value_int(&v[0], 0, 0, SLOTS_MAX, &index) || (n > 1 && at_value_int(&v[1], 0, 0, 4, &flag)))
		return AT_CMS(302);
	if (flag == 0 && !slots_valid(s, index))
		return AT_CMS(321);
	if (modem_fault_take(m, FAULT_KEEP, NULL))
		return AT_OK;
	for (int i = s->base; flag && i < s->base + s->capacity; i++) {
		const struct slot *slot = slots_get(s, i);
		if (slot && flag_deletes[flag] & 1u << slot->status)
			network_delete(m, s, i);
	}
	if (flag == 0 && m->quirks.deletes_whole)
		sms_delete_set(m, s, index);
	else if (flag == 0)
		network_delete(m, s, index);
	maybe_forget_memory(m);
	network_pump(m);
	return AT_OK;
}

static int test_cmgd(struct modem *m, const struct at_command *cmd)
{
	struct slots *s = m->set.mem[0];
	char indexes[SLOTS_MAX * 4 + 1] = "";
	size_t len = 0;

	(void)cmd;
	for (int i = s->base; i < s->base + s->capacity; i++)
		if (slots_get(s, i))
			len += (size_t)snprintf(indexes + len, sizeof(indexes) - len, len ? ",%d" : "%d", i);
	at_info(m, "+CMGD: (%.480s),(0-4)", indexes);
	return AT_OK;
}

/* ---- service centre and text mode parameters --------------------------------------------------------------------- */

static int set_csca(struct modem *m, const struct at_command *cmd)
{
	struct at_value v[2];
	char number[24];
	uint8_t field[12];

	if (at_values_split(cmd, v, 2) < 1 || at_value_text(&v[0], number, sizeof(number)) ||
	    pdu_address_write(number, 0, field) < 0)
		return AT_CMS(304);
	hl_strlcpy(m->set.csca, sizeof(m->set.csca), number);
	return AT_OK;
}

static int read_csca(struct modem *m, const struct at_command *cmd)
{
	(void)cmd;
	if (m->quirks.no_smsc) {
		at_info(m, "+CSCA: \"\",129");
		return AT_OK;
	}
	at_info(m, "+CSCA: \"%s\",%d", m->set.csca, m->set.csca[0] == '+' ? 145 : 129);
	return AT_OK;
}

static int set_csmp(struct modem *m, const struct at_command *cmd)
{
	struct at_value v[4];
	int n = at_values_split(cmd, v, 4), values[4];

	memcpy(values, m->set.csmp, sizeof(values));
	for (int i = 0; i < n; i++)
		if (at_value_int(&v[i], values[i], 0, 255, &values[i]))
			return AT_CMS(305);
	if (n < 1)
		return AT_CMS(305);
	memcpy(m->set.csmp, values, sizeof(values));
	return AT_OK;
}

static int read_csmp(struct modem *m, const struct at_command *cmd)
{
	const int *c = m->set.csmp;

	(void)cmd;
	at_info(m, "+CSMP: %d,%d,%d,%d", c[0], c[1], c[2], c[3]);
	return AT_OK;
}

const struct at_row at_rows_sms[] = {
	{ .name = "+CMGR", .needs = AT_SIM_CMS, .set = set_cmgr, .test = "" },
	{ .name = "+CMGD", .needs = AT_SIM_CMS, .set = set_cmgd, .test_run = test_cmgd },
	{ .name = "+CMGL", .needs = AT_SIM_CMS, .exec = run_cmgl, .set = set_cmgl, .test_run = test_cmgl },
	{ .name = "+CPMS", .needs = AT_SIM_CMS, .read = read_cpms, .set = set_cpms,
	  .test = "(\"SM\",\"ME\",\"SR\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")" },
	{ .name = "+CNMI", .read = read_cnmi, .set = set_cnmi, .test = "(0-2),(0-3),(0-3),(0-2),(0,1)" },
	{ .name = "+CNMA", .exec = run_cnma, .set = run_cnma, .test = "(0-2)" },
	{ .name = "+CSMS", .read = read_csms, .set = set_csms, .test = "(0,1)" },
	{ .name = "+CSCA", .needs = AT_SIM_CMS, .read = read_csca, .set = set_csca, .test = "" },
	{ .name = "+CSMP", .read = read_csmp, .set = set_csmp, .test = "" },
	AT_INT_ROW("+CMGF", 0, cmgf, 0, 1, "(0,1)"),
	AT_INT_ROW("+CMMS", 0, cmms, 0, 2, "(0-2)"),
	AT_INT_ROW("+CSDH", 0, csdh, 0, 1, "(0,1)"),
	{ .name = NULL },
};
