#include "simmodem/at_out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "simmodem/modem.h"
#include "simmodem/network.h"
#include "simmodem/sim.h"
#include "simmodem/watch.h"

static const struct { int result; const char *text, *number; } finals[] = {
	{ AT_OK, "OK", "0" },
	{ AT_NO_CARRIER, "NO CARRIER", "3" },
	{ AT_ERROR, "ERROR", "4" },
	{ AT_NO_DIALTONE, "NO DIALTONE", "6" },
	{ AT_BUSY_LINE, "BUSY", "7" },
	{ AT_NO_ANSWER, "NO ANSWER", "8" },
};

/* TS 27.007 9.2 and TS 27.005 3.2.5, those that are given here. */
static const struct { int result; const char *text; } codes[] = {
	{ AT_CME(3), "operation not allowed" },
	{ AT_CME(4), "operation not supported" },
	{ AT_CME(10), "SIM not inserted" },
	{ AT_CME(11), "SIM PIN required" },
	{ AT_CME(12), "SIM PUK required" },
	{ AT_CME(14), "SIM busy" },
	{ AT_CME(16), "incorrect password" },
	{ AT_CME(21), "invalid index" },
	{ AT_CME(22), "not found" },
	{ AT_CME(30), "no network service" },
	{ AT_CME(50), "Incorrect parameters" },
	{ AT_CME(100), "unknown" },
	{ AT_CMS(302), "operation not allowed" },
	{ AT_CMS(304), "invalid PDU mode parameter" },
	{ AT_CMS(305), "invalid text mode parameter" },
	{ AT_CMS(310), "SIM not inserted" },
	{ AT_CMS(311), "SIM PIN required" },
	{ AT_CMS(321), "invalid memory index" },
	{ AT_CMS(322), "memory full" },
	{ AT_CMS(331), "no network service" },
	{ AT_CMS(332), "network timeout" },
	{ AT_CMS(340), "no +CNMA acknowledgement expected" },
	{ AT_CMS(500), "unknown error" },
};

static const char noise[] = "\x7f~{\xf3\x01#\x00\x92r\xff]";

static bool silent(struct modem *m)
{
	return m->at.mute || modem_fault_is_on(m, FAULT_HANG, NULL);
}

static void maybe_noise(struct modem *m)
{
	if (modem_fault_take(m, FAULT_NOISE, NULL))
		pty_write(&m->pty, noise, sizeof(noise) - 1);
}

/* A line with the frame that V asks for: S3 and S4 (<CR><LF>) before (verbose) and after. */
static void framed(struct modem *m, const char *text, size_t len, bool before)
{
	const char end[2] = { (char)m->set.s[3], (char)m->set.s[4] };

	if (before && m->set.verbose)
		pty_write(&m->pty, end, 2);
	pty_write(&m->pty, text, len);
	pty_write(&m->pty, end, 2);
}

static void urc_inside(struct modem *m, const char *where)
{
	const struct fault *f = &m->faults.row[FAULT_URC_INSIDE];

	if (strcmp(f->where, where) == 0 && modem_fault_take(m, FAULT_URC_INSIDE, m->at.running + 2))
		framed(m, f->text, strlen(f->text), true);
}

static void chatter(struct modem *m)
{
	if (m->quirks.chatter[0])
		framed(m, m->quirks.chatter, strlen(m->quirks.chatter), true);
}

void at_info_text(struct modem *m, const char *text, size_t len)
{
	if (silent(m))
		return;
	if (m->at.info_lines == 0)
		chatter(m);
	if (m->at.info_lines == 1)
		urc_inside(m, "mid");
	if (m->at.info_lines == 2)
		urc_inside(m, "list");
	maybe_noise(m);
	framed(m, text, len, m->at.info_lines == 0);
	m->at.info_lines++;
}

void at_info(struct modem *m, const char *fmt, ...)
{
	char line[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	at_info_text(m, line, n < (int)sizeof(line) ? (size_t)n : sizeof(line) - 1);
}

static const char *code_text(int result)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].result == result)
			return codes[i].text;
	return NULL;
}

/* "+CME ERROR: 11" as +CMEE wants it; +CMS ERROR keeps its number where +CMEE is 0, as modems do. */
static void error_text(const struct modem *m, int result, char *out, size_t size)
{
	const char *family = result >= AT_CMS(0) ? "+CMS" : "+CME", *text = code_text(result);

	if (m->set.cmee == 0 && result < AT_CMS(0))
		snprintf(out, size, "ERROR");
	else if (m->set.cmee == 2 && text)
		snprintf(out, size, "%s ERROR: %s", family, text);
	else
		snprintf(out, size, "%s ERROR: %d", family, result & 0xFFF);
}

void at_out_final(struct modem *m, int result)
{
	const char *number = "4";
	char text[64];

	error_text(m, result, text, sizeof(text));
	for (size_t i = 0; i < sizeof(finals) / sizeof(finals[0]); i++)
		if (finals[i].result == result) {
			snprintf(text, sizeof(text), "%s", finals[i].text);
			number = finals[i].number;
		}
	watch_reply(m, text);
	if (silent(m) || m->set.quiet || (m->quirks.cpin_no_ok && result == AT_OK && strcasecmp(m->at.running, "AT+CPIN?") == 0))
		return;
	urc_inside(m, "final");
	if (m->at.info_lines)
		chatter(m);
	maybe_noise(m);
	if (m->set.verbose || text[0] == '+') {
		framed(m, text, strlen(text), true);
	} else {
		const char end = (char)m->set.s[3];
		pty_write(&m->pty, number, strlen(number));
		pty_write(&m->pty, &end, 1);
	}
	chatter(m);
}

void at_out_garbage(struct modem *m)
{
	for (int i = 0; i < 4; i++)
		pty_write(&m->pty, noise, sizeof(noise) - 1);
	pty_write(&m->pty, "\r\n", 2);
}

/* ---- unsolicited lines ------------------------------------------------------------------------------------------ */

static bool is_held(const struct modem *m, bool sms)
{
	return m->at.state != AT_STATE_COMMAND || (sms && m->set.cnmi[CNMI_MODE] == 0);
}

static void say(struct modem *m, const struct urc *urc)
{
	if (modem_fault_is_on(m, FAULT_HANG, NULL) ||
	    (urc->sms && modem_fault_take(m, FAULT_LOST_URC, urc->text))) {
		m->count.lost_urcs++;
		return;
	}
	maybe_noise(m);
	framed(m, urc->text, strlen(urc->text), true);
	if (urc->slot >= 0)
		network_announced(m, urc->slot, urc->serial);
}

static void urc_add(struct modem *m, const char *text, bool sms, int slot, uint64_t serial)
{
	size_t len = strlen(text);
	struct urc *urc;

	if (!pty_is_open(&m->pty) || m->at.urc_count >= AT_URC_MAX) {
		m->count.lost_urcs++;
		return;
	}
	urc = hl_calloc(1, sizeof(*urc) + len + 1);
	urc->sms = sms;
	urc->slot = slot;
	urc->serial = serial;
	memcpy(urc->text, text, len + 1);
	if (!is_held(m, sms) && m->at.urc_count == 0) {
		say(m, urc);
		free(urc);
		return;
	}
	STAILQ_INSERT_TAIL(&m->at.urcs, urc, next);
	m->at.urc_count++;
	if (!is_held(m, sms))
		at_out_urcs(m);
}

void at_urc(struct modem *m, const char *text)
{
	urc_add(m, text, false, -1, 0);
}

void at_urc_sms(struct modem *m, const char *text, int slot, uint64_t serial)
{
	urc_add(m, text, true, slot, serial);
}

/* Takes each held line off the list once: said, kept on (returned to the list), or dropped. */
static void urcs_walk(struct modem *m, bool drop_sms)
{
	size_t count = m->at.urc_count;

	while (count--) {
		struct urc *urc = STAILQ_FIRST(&m->at.urcs);
		bool held = is_held(m, urc->sms);
		STAILQ_REMOVE_HEAD(&m->at.urcs, next);
		if (drop_sms && urc->sms) {
			m->count.lost_urcs++;
		} else if (held) {
			STAILQ_INSERT_TAIL(&m->at.urcs, urc, next);
			continue;
		} else {
			say(m, urc);
		}
		m->at.urc_count--;
		free(urc);
	}
}

void at_out_urcs(struct modem *m)
{
	urcs_walk(m, false);
}

void at_urc_release(struct modem *m, bool drop)
{
	urcs_walk(m, drop);
}
