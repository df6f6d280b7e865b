/* Requests about what a modem sees of the network and its SIM: registration, signal, PIN, calls, USSD. */
#include <string.h>

#include "base/mem.h"
#include "simmodem/call.h"
#include "simmodem/network.h"
#include "simmodem/ops.h"

/* "set": each field changes what it names; all are optional. */
struct set_request {
	int64_t modem, registration, signal, radio_ms, report_ms, pin_tries;
	char pin[9], puk[9], imsi[17], imei[17], number[24], smsc[32], operator_name[32], boot_urc[64];
	bool no_pin, no_smsc, absent, locked, packed_ussd;
};

static const struct wire_field set_fields[] = {
	WIRE_F_INT(struct set_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_INT(struct set_request, registration, false, 0, 5),
	WIRE_F_INT(struct set_request, signal, false, 0, 99),
	WIRE_F_INT(struct set_request, radio_ms, false, 0, 86400000),
	WIRE_F_INT(struct set_request, report_ms, false, 0, 86400000),
	WIRE_F_INT(struct set_request, pin_tries, false, 0, 3),
	WIRE_F_STR(struct set_request, pin, false),
	WIRE_F_STR(struct set_request, puk, false),
	WIRE_F_STR(struct set_request, imsi, false),
	WIRE_F_STR(struct set_request, imei, false),
	WIRE_F_STR(struct set_request, number, false),
	WIRE_F_STR(struct set_request, smsc, false),
	WIRE_F_STR(struct set_request, operator_name, false),
	WIRE_F_STR(struct set_request, boot_urc, false),
	WIRE_F_BOOL(struct set_request, no_pin),
	WIRE_F_BOOL(struct set_request, no_smsc),
	WIRE_F_BOOL(struct set_request, absent),
	WIRE_F_BOOL(struct set_request, locked),
	WIRE_F_BOOL(struct set_request, packed_ussd),
	WIRE_F_END
};

static void set_text(char *field, size_t size, const char *value)
{
	if (value[0])
		hl_strlcpy(field, size, value);
}

static void set_texts(struct modem *m, const struct set_request *r)
{
	set_text(m->card.puk, sizeof(m->card.puk), r->puk);
	set_text(m->card.number, sizeof(m->card.number), r->number);
	set_text(m->imei, sizeof(m->imei), r->imei);
	set_text(m->smsc, sizeof(m->smsc), r->smsc);
	set_text(m->set.csca, sizeof(m->set.csca), r->smsc);
	if (r->no_smsc)
		m->smsc[0] = m->set.csca[0] = '\0';
	set_text(m->operator_name, sizeof(m->operator_name), r->operator_name);
	set_text(m->boot_urc, sizeof(m->boot_urc), r->boot_urc);
}

/* Another SIM in the slot has other texts and its own PIN tries. */
static void set_card(struct modem *m, const struct set_request *r)
{
	struct sim_card *card = &m->card;

	if (r->imsi[0] && strcmp(r->imsi, card->imsi) != 0) {
		hl_strlcpy(card->imsi, sizeof(card->imsi), r->imsi);
		slots_clear(&m->sm);
		card->pin_tries = 3;
	}
	if (r->pin[0] || r->no_pin)
		hl_strlcpy(card->pin, sizeof(card->pin), r->pin);
	if (r->pin_tries >= 0)
		card->pin_tries = (int)r->pin_tries;
	if (r->absent)
		card->state = SIM_ABSENT;
	else if (card->pin_tries == 0)
		card->state = PUK_NEEDED;
	else if (r->locked)
		card->state = PIN_NEEDED;
	else if (r->no_pin || r->imsi[0])
		card->state = card->pin[0] ? PIN_NEEDED : PIN_READY;
}

static int run_set(struct op_call *call)
{
	struct set_request r = { .registration = -1, .signal = -1, .radio_ms = -1, .report_ms = -1, .pin_tries = -1 };
	struct modem *m;
	int err = op_fields(call, set_fields, &r);

	if (err || (err = op_modem(call, r.modem, &m)))
		return err;
	set_texts(m, &r);
	set_card(m, &r);
	if (r.signal >= 0)
		m->signal = (int)r.signal;
	if (r.radio_ms >= 0)
		m->radio_ms = r.radio_ms;
	if (r.report_ms >= 0)
		m->report_ms = r.report_ms;
	if (json_object_get(call->request, "packed_ussd"))
		m->ussd.packed = r.packed_ussd;
	if (r.registration >= 0)
		modem_set_registration(m, (int)r.registration);
	network_pump(m);
	return 0;
}

/* How often each fault is yet to strike; -1: until it is switched off. */
static json_t *faults_json(const struct modem *m)
{
	json_t *o = json_object();

	for (int i = 0; i < FAULT_KINDS; i++)
		if (m->faults.row[i].times)
			json_object_set_new(o, fault_name((enum fault_kind)i), json_integer(m->faults.row[i].times));
	return o;
}

static int run_modem(struct op_call *call)
{
	static const char *const states[] = { "ready", "pin", "puk", "absent" };
	struct modem *m;
	int err = op_modem(call, json_integer_value(json_object_get(call->request, "modem")), &m);

	if (err)
		return err;
	json_object_set_new(call->reply, "modem", json_pack("{s:s, s:b, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:I, s:o, s:[iiiii]}",
		"path", m->pty.link, "plugged", pty_is_open(&m->pty), "imsi", m->card.imsi, "imei", m->imei, "number",
		m->card.number, "sim", states[m->card.state], "pin_tries", m->card.pin_tries, "registration", m->registration,
		"sm_used", m->sm.used, "sm_total", m->sm.capacity, "waiting", (json_int_t)m->waiting.count, "faults",
		faults_json(m), "cnmi",
		m->set.cnmi[0], m->set.cnmi[1], m->set.cnmi[2], m->set.cnmi[3], m->set.cnmi[4]));
	json_object_set_new(json_object_get(call->reply, "modem"), "unheard", json_integer((json_int_t)m->count.unheard));
	return 0;
}

struct call_request {
	int64_t modem, rings, ring_ms, status, dcs, m;
	char from[24], code[64], text[512];
	bool end, more, early, bare, silent;
};

static const struct wire_field call_fields[] = {
	WIRE_F_INT(struct call_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_INT(struct call_request, rings, false, 1, 1000),
	WIRE_F_INT(struct call_request, ring_ms, false, 1, 60000),
	WIRE_F_INT(struct call_request, status, false, 0, 5),
	WIRE_F_INT(struct call_request, dcs, false, 0, 72),
	WIRE_F_INT(struct call_request, m, false, -1, 5),
	WIRE_F_STR(struct call_request, from, false),
	WIRE_F_STR(struct call_request, code, false),
	WIRE_F_STR(struct call_request, text, false),
	WIRE_F_BOOL(struct call_request, end),
	WIRE_F_BOOL(struct call_request, more),
	WIRE_F_BOOL(struct call_request, early),
	WIRE_F_BOOL(struct call_request, bare),
	WIRE_F_BOOL(struct call_request, silent),
	WIRE_F_END
};

static int call_request(struct op_call *call, struct call_request *r, struct modem **m)
{
	int err;

	*r = (struct call_request){ .rings = 2, .ring_ms = CALL_RING_MS, .m = -1 };
	err = op_fields(call, call_fields, r);
	return err ? err : op_modem(call, r->modem, m);
}

static int run_call(struct op_call *call)
{
	struct call_request r;
	struct modem *m;
	int err = call_request(call, &r, &m);

	if (err)
		return err;
	if (r.end) {
		if (m->call.ringing || m->call.active)
			at_urc(m, "NO CARRIER");
		call_end(m);
		return 0;
	}
	return call_incoming(m, r.from, (int)r.rings, r.ring_ms);
}

static int run_ussd(struct op_call *call)
{
	struct call_request r;
	struct modem *m;
	int err = call_request(call, &r, &m);

	if (!err)
		ussd_begin(m, (int)r.status, r.text, (int)r.dcs);
	return err;
}

static int run_ussd_answer(struct op_call *call)
{
	struct ussd_answer answer = { .m = -1 };
	struct call_request r;
	struct modem *m;
	int err = call_request(call, &r, &m);

	if (err)
		return err;
	hl_strlcpy(answer.code, sizeof(answer.code), r.code);
	hl_strlcpy(answer.text, sizeof(answer.text), r.text);
	answer.more = r.more;
	answer.dcs = (int)r.dcs;
	answer.m = (int)r.m;
	answer.early = r.early;
	answer.bare = r.bare;
	answer.silent = r.silent;
	return ussd_set(&call->sim->ussd, &answer);
}

const struct op_row ops_state[] = {
	{ "set", run_set, "modem [registration signal radio_ms report_ms imsi imei number smsc no_smsc operator_name boot_urc pin no_pin "
	  "pin_tries puk locked absent packed_ussd]: changes the modem, its SIM, its network" },
	{ "modem", run_modem, "modem: what it is like now" },
	{ "call", run_call, "modem from [rings ring_ms] | end: somebody rings, gives up" },
	{ "ussd", run_ussd, "modem text [status dcs]: the network starts a USSD session" },
	{ "ussd_answer", run_ussd_answer, "code text [more dcs m early bare silent]: the answer to a code, in a session to "
	  "\"code>reply\"; early: before OK; bare: after a bare +CUSD: 2; silent: never" },
	{ NULL, NULL, NULL },
};
