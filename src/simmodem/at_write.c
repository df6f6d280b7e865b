/* The commands of TS 27.005 that send and write texts: +CMGS, +CMGW, +CMSS, in PDU and in text mode. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "simmodem/at_rows.h"
#include "simmodem/charset.h"
#include "simmodem/network.h"
#include "simmodem/now.h"
#include "simmodem/sim.h"

/* TS 23.040 9.2.3.1: TP-SRR in <fo> of +CSMP. */
#define FO_REPORT 0x20

/* ---- what came after the prompt becomes m->job.submit ------------------------------------------------------------ */

static size_t without_blanks(char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		if (!isspace((unsigned char)s[i]))
			s[n++] = s[i];
	s[n] = '\0';
	return n;
}

static int take_pdu(struct modem *m, char *body, size_t len)
{
	uint8_t pdu[PDU_MAX];
	int n = hl_hex_decode(body, without_blanks(body, len), pdu, sizeof(pdu)), smsc;

	if (n < 0 || (smsc = pdu_smsc_skip(pdu, (size_t)n)) < 0 || n - smsc != m->job.length ||
	    pdu_submit_parse(pdu, (size_t)n, &m->job.submit))
		return AT_CMS(304);
	return AT_OK;
}

/* UCS-2 and 8-bit data come as digits, text in the character set. */
static int take_data(const char *body, size_t len, struct pdu_ud *ud)
{
	uint8_t octets[PDU_UD_MAX];
	int n = hl_hex_decode(body, len, octets, sizeof(octets));

	if (n < 0 || (ud->coding == SIM_UCS2 && n % 2))
		return AT_CMS(305);
	ud->count = ud->coding == SIM_UCS2 ? (size_t)n / 2 : (size_t)n;
	for (size_t i = 0; i < ud->count; i++)
		ud->units[i] = ud->coding == SIM_UCS2 ? (uint16_t)(octets[2 * i] << 8 | octets[2 * i + 1]) : octets[i];
	return AT_OK;
}

static int take_text(struct modem *m, char *body, size_t len)
{
	struct pdu_ud *ud = &m->job.submit.ud;
	char text[1024];
	int n;

	m->job.submit.report = m->set.csmp[0] & FO_REPORT;
	m->job.submit.dcs = (uint8_t)m->set.csmp[3];
	if (pdu_dcs_coding(m->job.submit.dcs, &ud->coding))
		return AT_CMS(305);
	if (ud->coding != SIM_GSM7)
		return take_data(body, len, ud);
	n = charset_read((enum te_charset)m->set.charset, body, len, text, sizeof(text));
	if (n >= 0)
		n = units_from_text(text, (size_t)n, SIM_GSM7, ud->units, 160);
	ud->count = n < 0 ? 0 : (size_t)n;
	return n < 0 ? AT_CMS(305) : AT_OK;
}

static int take_body(struct modem *m, char *body, size_t len)
{
	return m->set.cmgf ? take_text(m, body, len) : take_pdu(m, body, len);
}

/* The command's values: a length in PDU mode, an address in text mode. */
static int take_values(struct modem *m, const struct at_command *cmd, struct at_value *v, int max)
{
	int n = at_values_split(cmd, v, (size_t)max);
	char number[128];

	memset(&m->job, 0, sizeof(m->job));
	m->job.status = SLOT_UNSENT;
	if (!m->set.cmgf)
		return n < 1 || v[0].len == 0 || at_value_int(&v[0], 0, 1, 176, &m->job.length) ? AT_CMS(304) : AT_OK;
	if (n < 1 || v[0].len == 0)
		return AT_CMS(305);
	if (m->set.charset == CHARSET_UCS2 && v[0].text[0] != '+') {
		if (charset_read(CHARSET_UCS2, v[0].text, v[0].len, number, sizeof(number)) < 0)
			return AT_CMS(305);
	} else if (at_value_text(&v[0], number, sizeof(number))) {
		return AT_CMS(305);
	}
	return hl_strlcpy(m->job.submit.to, sizeof(m->job.submit.to), number) ? AT_CMS(305) : AT_OK;
}

/* ---- sending ------------------------------------------------------------------------------------------------------ */

static int sent(struct modem *m)
{
	uint8_t mr;
	int result = network_submit(m, &m->job.submit, &mr);

	if (result == AT_OK)
		at_info(m, "%s: %d", m->job.from_memory ? "+CMSS" : "+CMGS", mr);
	return result;
}

static int send_job(struct modem *m)
{
	meter_submitted(&m->sim->meter, m->job.submit.to, now_ns());
	return at_wait(m, m->radio_ms, sent);
}

static int cmgs_done(struct modem *m, char *body, size_t len)
{
	int result = take_body(m, body, len);

	return result == AT_OK ? send_job(m) : result;
}

static int set_cmgs(struct modem *m, const struct at_command *cmd)
{
	struct at_value v[2];
	int result = take_values(m, cmd, v, 2);

	return result == AT_OK ? at_prompt(m, cmgs_done) : result;
}

static int set_cmss(struct modem *m, const struct at_command *cmd)
{
	uint8_t pdu[PDU_MAX];
	struct at_value v[3];
	struct slot *slot;
	int index, n;

	if (at_values_split(cmd, v, 3) < 1 || at_value_int(&v[0], 0, 0, SLOTS_MAX, &index))
		return AT_CMS(302);
	slot = slots_get(m->set.mem[1], index);
	if (!slot)
		return AT_CMS(321);
	n = hl_hex_decode(slot->line, strlen(slot->line), pdu, sizeof(pdu));
	if (n < 0 || pdu_submit_parse(pdu, (size_t)n, &m->job.submit))
		return AT_CMS(302);
	slot->status = SLOT_SENT;
	m->job.from_memory = true;
	return send_job(m);
}

/* ---- writing to a memory ------------------------------------------------------------------------------------------ */

/* Any kind of PDU may be written; it is kept as it came. */
static int store_line(struct modem *m, const char *line, size_t tpdu_len)
{
	char *copy;
	int index;

	if (network_memory_full(m, m->set.mem[1]->name))
		return AT_CMS(322);
	copy = hl_strdup(line);
	index = slots_add(m->set.mem[1], copy, tpdu_len, m->job.status);
	if (index < 0) {
		free(copy);
		return AT_CMS(322);
	}
	at_info(m, "+CMGW: %d", index);
	return AT_OK;
}

static int cmgw_done(struct modem *m, char *body, size_t len)
{
	uint8_t pdu[PDU_MAX];
	char line[2 * PDU_MAX + 1];
	size_t tpdu_len;
	int n;

	if (!m->set.cmgf) {
		n = hl_hex_decode(body, without_blanks(body, len), pdu, sizeof(pdu));
		if (n < 1 || n - 1 - pdu[0] != m->job.length)
			return AT_CMS(304);
		return store_line(m, body, (size_t)m->job.length);
	}
	if (take_text(m, body, len) != AT_OK || (n = pdu_submit_build(&m->job.submit, pdu, &tpdu_len)) < 0)
		return AT_CMS(305);
	hl_hex_encode(pdu, (size_t)n, line);
	return store_line(m, line, tpdu_len);
}

static int set_cmgw(struct modem *m, const struct at_command *cmd)
{
	struct at_value v[3];
	int result = take_values(m, cmd, v, 3), n = at_values_split(cmd, v, 3), status = SLOT_UNSENT;

	if (result != AT_OK)
		return result;
	if (!m->set.cmgf && n > 1 && at_value_int(&v[1], SLOT_UNSENT, 0, 3, &status))
		return AT_CMS(302);
	m->job.status = (enum slot_status)status;
	return at_prompt(m, cmgw_done);
}

const struct at_row at_rows_write[] = {
	{ .name = "+CMGS", .needs = AT_SIM_CMS, .set = set_cmgs, .test = "" },
	{ .name = "+CMGW", .needs = AT_SIM_CMS, .set = set_cmgw, .test = "" },
	{ .name = "+CMSS", .needs = AT_SIM_CMS, .set = set_cmss, .test = "" },
	{ .name = NULL },
};
