#include "simmodem/sms_text.h"

#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "simmodem/charset.h"

static const char *const status_names[] = { "REC UNREAD", "REC READ", "STO UNSENT", "STO SENT", "ALL" };

int sms_status_named(const char *name)
{
	for (int i = 0; i <= SLOT_ANY; i++)
		if (strcmp(status_names[i], name) == 0)
			return i;
	return -1;
}

static size_t show_number(const struct modem *m, const char *number, char *out, size_t max)
{
	return charset_show(m->set.charset == CHARSET_UCS2 ? CHARSET_UCS2 : CHARSET_IRA, number, out, max);
}

/* Text goes through the character set; UCS-2 and 8-bit data are digits (3.1 <data>). */
static void show_body(struct modem *m, const struct pdu_ud *ud)
{
	char text[1024], shown[1400];
	uint8_t octets[320];
	size_t n = 0, len;

	if (ud->coding == SIM_GSM7) {
		units_to_text(ud->units, ud->count, SIM_GSM7, text, sizeof(text));
		len = charset_show((enum te_charset)m->set.charset, text, shown, sizeof(shown));
	} else {
		for (size_t i = 0; i < ud->count; i++) {
			if (ud->coding == SIM_UCS2)
				octets[n++] = (uint8_t)(ud->units[i] >> 8);
			octets[n++] = (uint8_t)ud->units[i];
		}
		hl_hex_encode(octets, n, shown);
		len = 2 * n;
	}
	at_info_text(m, shown, len);
}

/* What stands before the status: "+CMGR: " or "+CMGL: 3,". */
static void show_deliver(struct modem *m, const struct pdu_deliver *d, const char *before, enum slot_status status)
{
	char from[200], time[32], detail[64] = "";

	show_number(m, d->from, from, sizeof(from));
	pdu_time_show(d->time, time);
	if (m->set.csdh)
		snprintf(detail, sizeof(detail), ",%d,%zu", d->from[0] == '+' ? 145 : 129, d->ud.count);
	at_info(m, "%s\"%s\",\"%s\",,\"%s\"%s", before, status_names[status], from, time, detail);
	show_body(m, &d->ud);
}

static void show_submit(struct modem *m, const struct pdu_submit *s, const char *before, enum slot_status status)
{
	char to[200];

	show_number(m, s->to, to, sizeof(to));
	at_info(m, "%s\"%s\",\"%s\",", before, status_names[status], to);
	show_body(m, &s->ud);
}

static void show_report(struct modem *m, const struct pdu_report *r, const char *before, enum slot_status status)
{
	char to[200], time[32], discharge[32];

	show_number(m, r->to, to, sizeof(to));
	pdu_time_show(r->time, time);
	pdu_time_show(r->discharge, discharge);
	at_info(m, "%s\"%s\",6,%d,\"%s\",%d,\"%s\",\"%s\",%d", before, status_names[status], r->mr, to,
		r->to[0] == '+' ? 145 : 129, time, discharge, r->status);
}

int sms_text_show(struct modem *m, const struct slot *slot, const char *command, int index)
{
	uint8_t pdu[PDU_MAX];
	char before[32];
	int n = hl_hex_decode(slot->line, strlen(slot->line), pdu, sizeof(pdu));
	struct pdu_deliver deliver;
	struct pdu_submit submit;
	struct pdu_report report;

	if (index >= 0)
		snprintf(before, sizeof(before), "%s: %d,", command, index);
	else
		snprintf(before, sizeof(before), "%s: ", command);
	if (n > 0 && pdu_deliver_parse(pdu, (size_t)n, &deliver) == 0)
		show_deliver(m, &deliver, before, slot->status);
	else if (n > 0 && pdu_submit_parse(pdu, (size_t)n, &submit) == 0)
		show_submit(m, &submit, before, slot->status);
	else if (n > 0 && pdu_report_parse(pdu, (size_t)n, &report) == 0)
		show_report(m, &report, before, slot->status);
	else
		return AT_CMS(500);
	return AT_OK;
}
