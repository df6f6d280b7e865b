#include "modem/reading.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hex.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/guard.h"
#include "modem/pdu.h"
#include "modem/worker.h"

#define DOUBTS_MAX 5 /* readings that all differ: then the last one is offered as refused */

/* The octets of a PDU line; negative where it is not one. Digits without a partner and digits that are none are
 * damage. */
static int to_octets(const char *line, uint8_t octets[WIRE_PDU_MAX])
{
	return hl_hex_decode(line, strlen(line), octets, WIRE_PDU_MAX);
}

struct decoding {
	uint8_t octets[WIRE_PDU_MAX];
	size_t len;
	struct pdu_message msg;
	struct hl_reason why;
};

static int run_decoder(void *arg)
{
	struct decoding *d = arg;

	return pdu_decode(d->octets, d->len, &d->msg, &d->why);
}

/* Should the decoder crash, its message is refused like any other, and the worker gets past it. */
static int decode(struct worker *w, struct decoding *d)
{
	int err = guard_run(run_decoder, d);

	if (err == HL_ECORRUPT) {
		hl_log(HL_LOG_ERR, "reception", "decoder_crashed next=\"the message is set aside, and the worker starts anew\"");
		w->reception.shaken = true;
		return hl_fail(&d->why, err, "the decoder crashed on it: keep it for whoever mends the program");
	}
	return err;
}

/* Whether the line can be what lies in the SIM: its length agrees with the header, and it decodes. Then d is what it says. */
static bool is_sound(struct worker *w, const char *line, int tpdu_octets, struct decoding *d)
{
	int n = to_octets(line, d->octets);

	if (n <= 0 || (tpdu_octets >= 0 && n != d->octets[0] + 1 + tpdu_octets))
		return false;
	d->len = (size_t)n;
	return decode(w, d) == 0;
}

/* ---- offering -------------------------------------------------------------------------------------------------- */

/* Octets outside printable ASCII as \xNN; the backslash itself too, so that it can be read back. */
static void escape_raw(const char *line, char *out, size_t size)
{
	size_t n = 0;

	for (; *line && n + 5 < size; line++) {
		unsigned char c = (unsigned char)*line;
		if (c < 0x20 || c > 0x7E || c == '\\')
			n += (size_t)snprintf(out + n, size - n, "\\x%02X", c);
		else
			out[n++] = (char)c;
	}
	out[n] = '\0';
}

static void make_refused(const struct held *h, const char *why, struct wire_link_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->type = WIRE_REFUSED;
	msg->u.refused.ref = h->ref;
	hl_strlcpy(msg->u.refused.imsi, sizeof(msg->u.refused.imsi), h->imsi);
	escape_raw(h->raw[0] ? h->raw : "(empty)", msg->u.refused.raw, sizeof(msg->u.refused.raw));
	hl_strlcpy(msg->u.refused.reason, sizeof(msg->u.refused.reason), why);
}

static void make_decoded(const struct held *h, const struct decoding *d, struct wire_link_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	if (d->msg.kind == PDU_DELIVER) {
		msg->type = WIRE_INBOUND;
		msg->u.inbound = d->msg.u.inbound;
		msg->u.inbound.ref = h->ref;
		hl_strlcpy(msg->u.inbound.imsi, sizeof(msg->u.inbound.imsi), h->imsi);
	} else {
		msg->type = WIRE_REPORT;
		msg->u.report = d->msg.u.report;
		msg->u.report.ref = h->ref;
		hl_strlcpy(msg->u.report.imsi, sizeof(msg->u.report.imsi), h->imsi);
	}
}

static void make_message(struct worker *w, const struct held *h, struct wire_link_msg *msg)
{
	struct decoding d = { .why = { "not hexadecimal digits" } };
	int n = to_octets(h->raw, d.octets);

	d.len = n < 0 ? 0 : (size_t)n;
	if (h->unreadable)
		make_refused(h, "the modem fails whenever it reads this slot: read the SIM in a telephone", msg);
	else if (n < 0 || decode(w, &d))
		make_refused(h, d.why.text, msg);
	else
		make_decoded(h, &d, msg);
}

/* Which long text it is a part of (FNV-1a): used for modems that delete all parts with one. */
static void note_set(struct held *h, const struct wire_inbound *in)
{
	const int64_t numbers[] = { in->concat_width, in->concat_ref, in->concat_total };
	uint64_t hash = UINT64_C(0xCBF29CE484222325);

	h->parts = (unsigned)in->concat_total;
	h->set = 0;
	if (in->concat_total < 2)
		return;
	for (const char *p = in->from; *p; p++)
		hash = (hash ^ (unsigned char)*p) * UINT64_C(0x100000001B3);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		hash = (hash ^ (uint64_t)numbers[i]) * UINT64_C(0x100000001B3);
	h->set = hash | 1;
}

static void note_first(struct worker *w, const struct held *h, const struct wire_link_msg *msg)
{
	worker_note_arrival(w);
	if (msg->type == WIRE_REFUSED) {
		w->told.refused++;
		hl_log(HL_LOG_WARNING, "reception", "refused ref=%lld reason=\"%s\"", (long long)h->ref, msg->u.refused.reason);
	} else if (msg->type == WIRE_INBOUND) {
		w->told.received++;
		hl_log(HL_LOG_DEBUG, "reception", "read ref=%lld part=%lld total=%lld damaged=%d", (long long)h->ref,
		       (long long)msg->u.inbound.concat_seq, (long long)msg->u.inbound.concat_total, msg->u.inbound.damaged);
	}
}

static void offer_message(struct worker *w, struct held *h, const struct wire_link_msg *msg)
{
	bool first = h->state == HELD_DOUBT;

	if (msg->type == WIRE_INBOUND)
		note_set(h, &msg->u.inbound);
	h->state = HELD_OFFERED;
	h->round = w->reception.round;
	if (first)
		note_first(w, h, msg);
	uplink_send(w->uplink, msg);
}

void reading_offer(struct worker *w, struct held *h)
{
	struct wire_link_msg msg;

	make_message(w, h, &msg);
	offer_message(w, h, &msg);
}

/* The same where it was decoded just now. */
static void offer_decoded(struct worker *w, struct held *h, const struct decoding *d)
{
	struct wire_link_msg msg;

	make_decoded(h, d, &msg);
	offer_message(w, h, &msg);
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static void see(const struct worker *w, struct held *h)
{
	h->epoch = w->epoch;
	h->seen_ms = hl_boot_ms(&hl_clock_system);
}

static struct held *add(struct worker *w, int memory, int slot, const char *pdu)
{
	struct held *h = held_add(&w->reception.held, memory, slot, pdu);

	if (!h)
		return NULL;
	see(w, h);
	hl_strlcpy(h->imsi, sizeof(h->imsi), w->told.imsi);
	return h;
}

static void take_new(struct worker *w, int memory, int slot, int tpdu_octets, const char *pdu)
{
	struct held *h = add(w, memory, slot, pdu);
	struct decoding d;

	if (!h) { /* it stays in its slot until the core has caught up */
		w->reception.left_behind = true;
		return;
	}
	if (w->reception.sweeping && w->reception.round > 1 && !reception_is_announced(w, memory, slot))
		w->told.urcs_lost++;
	if (is_sound(w, pdu, tpdu_octets, &d))
		offer_decoded(w, h, &d);
}

/* The second reading of something odd: what reads the same twice lies so in the SIM; noise does not repeat itself. */
static void take_doubt(struct worker *w, struct held *h, int tpdu_octets, const char *pdu)
{
	struct decoding d;
	bool same = strcmp(h->raw, pdu) == 0;

	held_set_raw(h, pdu);
	if (is_sound(w, pdu, tpdu_octets, &d))
		offer_decoded(w, h, &d);
	else if (same || ++h->tries >= DOUBTS_MAX)
		reading_offer(w, h);
}

void reading_take(struct worker *w, int memory, int slot, int tpdu_octets, const char *pdu)
{
	struct held *h = held_find(&w->reception.held, memory, slot);
	struct decoding d;

	if (h && h->state == HELD_DOUBT) {
		see(w, h);
		take_doubt(w, h, tpdu_octets, pdu);
		return;
	}
	if (h && strcmp(h->raw, pdu) == 0) {
		see(w, h);
		return;
	}
	if (h && h->epoch == w->epoch && !is_sound(w, pdu, tpdu_octets, &d)) {
		w->reception.trouble = true; /* most likely noise: the slot is known. Not a second time, though. */
		h->epoch = w->epoch - 1;
		return;
	}
	if (h)
		reading_take_empty(w, memory, slot);
	take_new(w, memory, slot, tpdu_octets, pdu);
}

void reading_take_empty(struct worker *w, int memory, int slot)
{
	struct held *h = held_find(&w->reception.held, memory, slot);

	if (!h)
		return;
	if (h->state == HELD_OFFERED) /* emptied by somebody else before the core had it: now it is only here */
		h->slot = HELD_NO_SLOT;
	else
		held_drop(&w->reception.held, h);
}

void reading_tell_unreadable(struct worker *w, const char *memory, int slot)
{
	char where[64];
	struct held *h;

	snprintf(where, sizeof(where), "(slot %d of %s)", slot, memory);
	h = add(w, HELD_NO_SLOT, HELD_NO_SLOT, where);
	if (!h)
		return;
	h->unreadable = true;
	reading_offer(w, h);
}

bool reading_take_direct(struct worker *w, const char *pdu)
{
	struct held *h = add(w, HELD_NO_SLOT, HELD_NO_SLOT, pdu);

	if (h)
		reading_offer(w, h);
	else
		hl_log(HL_LOG_ERR, "reception", "direct_message_not_taken reason=\"too many wait for the core\"");
	return h != NULL;
}
