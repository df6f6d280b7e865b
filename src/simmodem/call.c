#include "simmodem/call.h"

#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "simmodem/charset.h"
#include "simmodem/sim.h"
#include "text/gsm7.h"

static void arm(struct event *timer, int64_t ms)
{
	struct timeval tv = { .tv_sec = (time_t)(ms / 1000), .tv_usec = (suseconds_t)(ms % 1000 * 1000) };

	event_add(timer, &tv);
}

static void tell(struct modem *m, const char *what)
{
	if (watch_wanted(m->sim, WATCH_CALL))
		watch_tell(m->sim, WATCH_CALL, m, json_pack("{s:s}", "what", what));
}

static void say_ring(struct modem *m)
{
	char urc[64];

	at_urc(m, m->set.crc ? "+CRING: VOICE" : "RING");
	if (m->set.clip) {
		snprintf(urc, sizeof(urc), "+CLIP: \"%s\",%d,,,,%d", m->call.from,
			m->call.from[0] == '+' ? 145 : m->call.from[0] ? 129 : 128, m->call.from[0] ? 0 : 1);
		at_urc(m, urc);
	}
}

static void on_ring(evutil_socket_t fd, short what, void *arg)
{
	struct modem *m = arg;

	(void)fd;
	(void)what;
	if (m->call.rings-- > 0) {
		say_ring(m);
		arm(m->call.timer, m->call.ring_ms);
	} else {
		call_end(m);
		at_urc(m, "NO CARRIER");
		tell(m, "missed");
	}
	pty_flush(&m->pty);
}

static void ussd_say(struct modem *m, int status, const char *text, int dcs, bool inside);

static void say_answer(struct modem *m, const struct ussd_answer *answer, bool inside)
{
	m->ussd.open = answer->more;
	hl_strlcpy(m->ussd.menu, sizeof(m->ussd.menu), answer->code);
	if (answer->bare)
		at_urc(m, "+CUSD: 2");
	ussd_say(m, answer->m >= 0 ? answer->m : answer->more, answer->text, answer->dcs, inside);
}

static void on_answer(evutil_socket_t fd, short what, void *arg)
{
	struct modem *m = arg;
	const struct ussd_answer *answer = ussd_find(&m->sim->ussd, m->ussd.answer);

	(void)fd;
	(void)what;
	if (!answer) {
		m->ussd.open = false;
		at_urc(m, "+CUSD: 4");
	} else {
		say_answer(m, answer, false);
	}
	pty_flush(&m->pty);
}

void call_init(struct modem *m)
{
	m->call.timer = evtimer_new(m->sim->base, on_ring, m);
	m->ussd.timer = evtimer_new(m->sim->base, on_answer, m);
}

void call_free(struct modem *m)
{
	event_free(m->call.timer);
	event_free(m->ussd.timer);
}

int call_incoming(struct modem *m, const char *from, int rings, int64_t ring_ms)
{
	if (m->call.ringing || m->call.active || !modem_in_service(m))
		return HL_EBUSY;
	m->count.calls++;
	m->call.ringing = true;
	m->call.rings = rings;
	m->call.ring_ms = ring_ms;
	hl_strlcpy(m->call.from, sizeof(m->call.from), from);
	on_ring(-1, 0, m);
	return 0;
}

void call_end(struct modem *m)
{
	m->call.ringing = m->call.active = false;
	event_del(m->call.timer);
}

static const uint8_t language[] = { 0x6D, 0x37 }; /* "mn" as two packed septets */

/* A USSD string as the program sees it: UCS-2 always in hexadecimal digits, GSM-7 in the character set, or packed with the CR
 * that TS 23.038 6.1.2.3.1 wants where seven bits are left over. */
static void show_ussd(const struct modem *m, const char *text, int dcs, char *out, size_t max)
{
	uint16_t units[182];
	uint8_t septets[183], packed[161];
	int n;

	if (dcs == 17) {
		hl_hex_encode(language, sizeof(language), out);
		out += 4;
		max -= 4;
	}
	if (dcs == 72 || dcs == 17 || !m->ussd.packed) {
		charset_show(dcs == 72 || dcs == 17 ? CHARSET_UCS2 : (enum te_charset)m->set.charset, text, out, max);
		return;
	}
	n = units_from_text(text, strlen(text), SIM_GSM7, units, 182);
	for (int i = 0; i < n; i++)
		septets[i] = (uint8_t)units[i];
	if (n % 8 == 7)
		septets[n++] = '\r';
	hl_hex_encode(packed, n > 0 ? gsm7_pack(septets, (size_t)n, 0, packed) : 0, out);
}

/* inside: within the response to the command, before its OK. */
static void ussd_say(struct modem *m, int status, const char *text, int dcs, bool inside)
{
	char shown[1024], urc[1100];

	if (dcs == 0)
		dcs = units_fit_gsm7(text, strlen(text)) ? 15 : 72;
	show_ussd(m, text, dcs, shown, sizeof(shown));
	snprintf(urc, sizeof(urc), "+CUSD: %d,\"%s\",%d", status, shown, dcs);
	if (inside)
		at_info_text(m, urc, strlen(urc));
	else
		at_urc(m, urc);
	tell(m, "ussd");
}

void ussd_begin(struct modem *m, int status, const char *text, int dcs)
{
	m->ussd.open = status == 1;
	hl_strlcpy(m->ussd.menu, sizeof(m->ussd.menu), "network");
	ussd_say(m, status, text, dcs, false);
}

void ussd_dial(struct modem *m, const char *code)
{
	const struct ussd_answer *answer;

	if (m->ussd.open)
		snprintf(m->ussd.answer, sizeof(m->ussd.answer), "%.40s>%.20s", m->ussd.menu, code);
	else
		snprintf(m->ussd.answer, sizeof(m->ussd.answer), "%.60s", code);
	answer = ussd_find(&m->sim->ussd, m->ussd.answer);
	tell(m, "ussd dialled");
	if (answer && answer->early)
		say_answer(m, answer, true);
	else if (!answer || !answer->silent)
		arm(m->ussd.timer, m->radio_ms);
}

void ussd_cancel(struct modem *m)
{
	m->ussd.open = false;
	event_del(m->ussd.timer);
	tell(m, "ussd cancelled");
}

int ussd_understand(const struct modem *m, const char *in, size_t len, int dcs, char *text, size_t max)
{
	uint8_t octets[160], septets[183];
	uint16_t units[183];
	int n;
	size_t count;

	if (dcs == 72 || !m->ussd.packed)
		return charset_read(dcs == 72 ? CHARSET_UCS2 : (enum te_charset)m->set.charset, in, len, text, max);
	n = hl_hex_decode(in, len, octets, sizeof(octets));
	if (n <= 0)
		return HL_EINVAL;
	count = (size_t)n * 8 / 7;
	gsm7_unpack(octets, count, 0, septets);
	count -= n % 7 == 0 && septets[count - 1] == '\r';
	for (size_t i = 0; i < count; i++)
		units[i] = septets[i];
	return (int)units_to_text(units, count, SIM_GSM7, text, max);
}
