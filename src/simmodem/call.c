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
		arm(m->call.timer, CALL_RING_MS);
	} else {
		call_end(m);
		at_urc(m, "NO CARRIER");
		tell(m, "missed");
	}
	pty_flush(&m->pty);
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
		m->ussd.open = answer->more;
		hl_strlcpy(m->ussd.menu, sizeof(m->ussd.menu), answer->code);
		ussd_say(m, answer->m >= 0 ? answer->m : answer->more, answer->text, answer->dcs);
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

int call_incoming(struct modem *m, const char *from, int rings)
{
	if (m->call.ringing || m->call.active || !modem_in_service(m))
		return HL_EBUSY;
	m->count.calls++;
	m->call.ringing = true;
	m->call.rings = rings;
	hl_strlcpy(m->call.from, sizeof(m->call.from), from);
	on_ring(-1, 0, m);
	return 0;
}

void call_end(struct modem *m)
{
	m->call.ringing = m->call.active = false;
	event_del(m->call.timer);
}

/* A USSD string as the program sees it: UCS-2 always in hexadecimal digits, GSM-7 in the character set, or packed. */
static size_t show_ussd(const struct modem *m, const char *text, bool ucs2, char *out, size_t max)
{
	uint16_t units[182];
	uint8_t septets[182], packed[160];
	int n;

	if (ucs2 || !m->ussd.packed)
		return charset_show(ucs2 ? CHARSET_UCS2 : (enum te_charset)m->set.charset, text, out, max);
	n = units_from_text(text, strlen(text), SIM_GSM7, units, 182);
	for (int i = 0; i < n; i++)
		septets[i] = (uint8_t)units[i];
	hl_hex_encode(packed, n > 0 ? gsm7_pack(septets, (size_t)n, 0, packed) : 0, out);
	return strlen(out);
}

void ussd_say(struct modem *m, int status, const char *text, int dcs)
{
	char shown[1024], urc[1100];

	if (dcs == 0)
		dcs = units_fit_gsm7(text, strlen(text)) ? 15 : 72;
	show_ussd(m, text, dcs == 72, shown, sizeof(shown));
	snprintf(urc, sizeof(urc), "+CUSD: %d,\"%s\",%d", status, shown, dcs);
	at_urc(m, urc);
	tell(m, "ussd");
}

void ussd_dial(struct modem *m, const char *code)
{
	if (m->ussd.open)
		snprintf(m->ussd.answer, sizeof(m->ussd.answer), "%.40s>%.20s", m->ussd.menu, code);
	else
		snprintf(m->ussd.answer, sizeof(m->ussd.answer), "%.60s", code);
	arm(m->ussd.timer, m->radio_ms);
}
