#include "modem/pdu_check.h"

#include <string.h>

#define SMSC_OCTETS_MAX 11 /* type and 20 digits */
#define SCTS_OCTETS 7
#define TYPE_ALPHANUMERIC 0x50
#define TYPE_OF_NUMBER 0x70

/* A walk over the octets that cannot leave them. */
struct walk {
	const uint8_t *pdu;
	size_t len, at;
};

static size_t left(const struct walk *w)
{
	return w->len - w->at;
}

static bool take(struct walk *w, uint8_t *out)
{
	if (left(w) < 1)
		return false;
	*out = w->pdu[w->at++];
	return true;
}

static bool skip(struct walk *w, size_t n)
{
	if (left(w) < n)
		return false;
	w->at += n;
	return true;
}

static int check_smsc(struct walk *w, struct hl_reason *reason)
{
	uint8_t octets;

	if (!take(w, &octets))
		return hl_fail(reason, HL_EINVAL, "empty PDU");
	if (octets > SMSC_OCTETS_MAX)
		return hl_fail(reason, HL_EINVAL, "SMSC address of %u octets, at most %d are allowed", octets, SMSC_OCTETS_MAX);
	if (octets && left(w) && !(w->pdu[w->at] & 0x80))
		return hl_fail(reason, HL_EINVAL, "SMSC address of a reserved type");
	if (!skip(w, octets))
		return hl_fail(reason, HL_EINVAL, "cut off in the SMSC address");
	if (!left(w))
		return hl_fail(reason, HL_EINVAL, "empty TPDU");
	return 0;
}

/* TS 23.040 9.1.2.5. */
static int check_address(struct walk *w, struct pdu_view *v, struct hl_reason *reason)
{
	v->address = w->at;
	if (!take(w, &v->address_digits) || !take(w, &v->address_type))
		return hl_fail(reason, HL_EINVAL, "cut off in the address");
	if (v->address_digits > PDU_ADDRESS_DIGITS_MAX)
		return hl_fail(reason, HL_EINVAL, "address length %u, at most %d is allowed", v->address_digits,
			       PDU_ADDRESS_DIGITS_MAX);
	if (!(v->address_type & 0x80))
		return hl_fail(reason, HL_EINVAL, "address of a reserved type");
	if (!skip(w, (v->address_digits + 1u) / 2))
		return hl_fail(reason, HL_EINVAL, "cut off in the address");
	return 0;
}

/* TS 23.038 clause 4. Reserved codings are read as GSM-7, as the standard asks, and marked. */
static int read_coding(struct pdu_view *v, struct hl_reason *reason)
{
	static const enum pdu_coding alphabets[4] = { PDU_GSM7, PDU_OCTETS, PDU_UCS2, PDU_GSM7 };
	unsigned group = v->dcs >> 4;

	if (group < 8) { /* general, and marked for automatic deletion */
		if (v->dcs & 0x20)
			return hl_fail(reason, HL_EINVAL, "compressed text");
		v->coding = alphabets[v->dcs >> 2 & 3];
		v->damaged = (v->dcs >> 2 & 3) == 3;
	} else if (group < 12) {
		v->coding = PDU_GSM7;
		v->damaged = true;
	} else if (group < 15) { /* message waiting */
		v->coding = group == 14 ? PDU_UCS2 : PDU_GSM7;
	} else {
		v->coding = v->dcs & 4 ? PDU_OCTETS : PDU_GSM7;
		v->damaged = v->dcs & 8;
	}
	return 0;
}

static size_t octets_of(enum pdu_coding coding, unsigned udl)
{
	return coding == PDU_GSM7 ? (udl * 7u + 7) / 8 : udl;
}

static int check_data_length(struct walk *w, struct pdu_view *v, struct hl_reason *reason)
{
	if (!take(w, &v->udl))
		return hl_fail(reason, HL_EINVAL, "cut off before the user data length");
	/* Under a reserved coding nobody can say what the length counts: what fits the octets decides. */
	if (v->damaged && octets_of(v->coding, v->udl) != left(w) && v->udl == left(w))
		v->coding = PDU_OCTETS;
	if (v->udl > (v->coding == PDU_GSM7 ? PDU_UD_SEPTETS_MAX : PDU_UD_OCTETS_MAX))
		return hl_fail(reason, HL_EINVAL, "user data length %u is too great", v->udl);
	v->ud = w->at;
	v->ud_octets = octets_of(v->coding, v->udl);
	if (left(w) < v->ud_octets)
		return hl_fail(reason, HL_EINVAL, "user data is cut off: %zu octets of %zu", left(w), v->ud_octets);
	if (left(w) > v->ud_octets)
		return hl_fail(reason, HL_EINVAL, "%zu octets after the user data", left(w) - v->ud_octets);
	if (v->coding == PDU_UCS2 && v->udl % 2)
		v->damaged = true;
	return 0;
}

static int read_concat(struct pdu_view *v, const uint8_t *data, uint8_t len, uint8_t width, struct hl_reason *reason)
{
	uint8_t ref_octets = width / 8, total, seq;

	if (len != ref_octets + 2)
		return hl_fail(reason, HL_EINVAL, "concatenation element of %u octets", len);
	total = data[ref_octets];
	seq = data[ref_octets + 1];
	if (seq == 0 || seq > total)
		return hl_fail(reason, HL_EINVAL, "part %u of %u", seq, total);
	if (total > PDU_PARTS_MAX)
		return hl_fail(reason, HL_EINVAL, "part %u of %u, at most %d parts are taken", seq, total, PDU_PARTS_MAX);
	if (total == 1)
		return 0;
	v->concat_width = width;
	v->concat_ref = width == 8 ? data[0] : (uint16_t)(data[0] << 8 | data[1]);
	v->concat_total = total;
	v->concat_seq = seq;
	return 0;
}

/* TS 23.040 9.2.3.24: where an element repeats the last counts; unknown elements are passed over. */
static int read_element(struct pdu_view *v, uint8_t id, const uint8_t *data, uint8_t len, struct hl_reason *reason)
{
	switch (id) {
	case 0x00:
		return read_concat(v, data, len, 8, reason);
	case 0x08:
		return read_concat(v, data, len, 16, reason);
	case 0x04: /* application ports */
	case 0x05:
		v->ports = true;
		return 0;
	case 0x24: /* national language tables, which we do not have */
	case 0x25:
		v->damaged = true;
		return 0;
	default:
		return 0;
	}
}

static int walk_header(const uint8_t *pdu, struct pdu_view *v, struct hl_reason *reason)
{
	struct walk w = { pdu, v->ud + v->ud_octets, v->ud };
	uint8_t udhl, id, len;
	int err;

	if (!take(&w, &udhl) || udhl > left(&w))
		return hl_fail(reason, HL_EINVAL, "user data header is longer than the data");
	v->udh_octets = udhl + 1u;
	if (v->coding == PDU_GSM7 && (v->udh_octets * 8 + 6) / 7 > v->udl)
		return hl_fail(reason, HL_EINVAL, "user data header is longer than the data");
	w.len = w.at + udhl;
	while (left(&w)) {
		if (!take(&w, &id) || !take(&w, &len) || left(&w) < len)
			return hl_fail(reason, HL_EINVAL, "an element leaves the user data header");
		if ((err = read_element(v, id, pdu + w.at, len, reason)))
			return err;
		skip(&w, len);
	}
	if (v->coding == PDU_UCS2)
		v->damaged = v->damaged || (v->ud_octets - v->udh_octets) % 2;
	return 0;
}

/* TS 23.040 9.2.2.1. */
static int check_deliver(struct walk *w, struct pdu_view *v, uint8_t first, struct hl_reason *reason)
{
	uint8_t pid;
	int err;

	v->kind = PDU_DELIVER;
	if ((err = check_address(w, v, reason)))
		return err;
	if (!take(w, &pid) || !take(w, &v->dcs))
		return hl_fail(reason, HL_EINVAL, "cut off before the coding scheme");
	v->scts = w->at;
	if (!skip(w, SCTS_OCTETS))
		return hl_fail(reason, HL_EINVAL, "cut off in the time stamp");
	if ((err = read_coding(v, reason)) || (err = check_data_length(w, v, reason)))
		return err;
	v->end = w->len;
	return first & 0x40 ? walk_header(w->pdu, v, reason) : 0;
}

/* TS 23.040 9.2.2.3. */
static int check_report(struct walk *w, struct pdu_view *v, struct hl_reason *reason)
{
	int err;

	v->kind = PDU_STATUS_REPORT;
	if (!take(w, &v->mr))
		return hl_fail(reason, HL_EINVAL, "cut off before the message reference");
	if ((err = check_address(w, v, reason)))
		return err;
	if ((v->address_type & TYPE_OF_NUMBER) == TYPE_ALPHANUMERIC)
		return hl_fail(reason, HL_EINVAL, "a status report of an alphanumeric recipient");
	v->scts = w->at;
	if (!skip(w, 2 * SCTS_OCTETS) || !take(w, &v->status))
		return hl_fail(reason, HL_EINVAL, "cut off in the status report");
	v->end = w->at;
	return 0;
}

int pdu_check(const uint8_t *pdu, size_t len, struct pdu_view *v, struct hl_reason *reason)
{
	struct walk w = { pdu, len, 0 };
	uint8_t first;
	int err;

	memset(v, 0, sizeof(*v));
	if (len > PDU_OCTETS_MAX)
		return hl_fail(reason, HL_EINVAL, "%zu octets, at most %d are allowed", len, PDU_OCTETS_MAX);
	if ((err = check_smsc(&w, reason)))
		return err;
	v->tpdu = w.at;
	if (!take(&w, &first))
		return hl_fail(reason, HL_EINVAL, "empty TPDU");
	switch (first & 3) { /* 9.2.3.1, service centre to mobile */
	case 0:
		return check_deliver(&w, v, first, reason);
	case 2:
		return check_report(&w, v, reason);
	default:
		return hl_fail(reason, HL_EINVAL, "message type %d is not for receiving", first & 3);
	}
}
