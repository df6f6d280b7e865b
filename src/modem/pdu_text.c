#include "modem/pdu_text.h"

#include <string.h>

#include "text/gsm7.h"
#include "text/utf8.h"

struct sink {
	char *out;
	size_t used, max;
	bool damaged;
};

static void put(struct sink *s, uint32_t cp)
{
	char utf8[4];
	size_t n;

	if (cp == 0) { /* no text has it, and it would end ours */
		cp = UTF8_REPLACEMENT;
		s->damaged = true;
	}
	n = utf8_write(cp, utf8);
	if (s->used + n >= s->max) {
		s->damaged = true;
		return;
	}
	memcpy(s->out + s->used, utf8, n);
	s->used += n;
}

static void lost(struct sink *s)
{
	put(s, UTF8_REPLACEMENT);
	s->damaged = true;
}

static void put_septets(struct sink *s, const uint8_t *septets, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (septets[i] != GSM7_ESCAPE)
			put(s, gsm7_to_char(septets[i], 0));
		else if (i + 1 < count)
			put(s, gsm7_to_char(septets[++i], 1));
		else
			lost(s);
	}
}

static void read_gsm7(const uint8_t *pdu, const struct pdu_view *v, struct sink *s)
{
	uint8_t septets[PDU_UD_SEPTETS_MAX];
	size_t header = (v->udh_octets * 8 + 6) / 7; /* septets the header fills, with its fill bits */
	size_t count = v->udl - header;

	gsm7_unpack(pdu + v->ud + v->udh_octets, count, (unsigned)(header * 7 - v->udh_octets * 8), septets);
	put_septets(s, septets, count);
}

static bool is_high(uint32_t unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(uint32_t unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* UTF-16, not UCS-2: every telephone sends emoji as surrogate pairs. */
static void read_utf16(const uint8_t *in, size_t len, struct sink *s)
{
	for (size_t i = 0; i + 1 < len; i += 2) {
		uint32_t unit = (uint32_t)in[i] << 8 | in[i + 1];
		uint32_t next = i + 3 < len ? (uint32_t)in[i + 2] << 8 | in[i + 3] : 0;

		if (is_high(unit) && is_low(next)) {
			put(s, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
			i += 2;
		} else if (is_high(unit) || is_low(unit)) {
			lost(s);
		} else {
			put(s, unit);
		}
	}
	if (len % 2)
		lost(s);
}

static bool is_readable(const uint8_t *in, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (in[i] < 0x20 && in[i] != '\n' && in[i] != '\r' && in[i] != '\t')
			return false;
	return utf8_valid((const char *)in, len);
}

static void read_ascii(const uint8_t *in, size_t len, struct sink *s)
{
	for (size_t i = 0; i < len; i++) {
		if ((in[i] >= 0x20 && in[i] < 0x7F) || in[i] == '\n')
			put(s, in[i]);
		else
			lost(s);
	}
}

/* 8-bit data: some gateways send plain UTF-8 or ASCII so. It is taken as text only where it is nothing else. */
static int read_octets(const struct pdu_view *v, const uint8_t *in, size_t len, struct sink *s)
{
	uint32_t cp;

	if (v->damaged) {
		read_ascii(in, len, s);
		return 0;
	}
	if (v->ports || len == 0 || !is_readable(in, len))
		return HL_EINVAL;
	for (size_t i = 0; i < len; ) {
		i += utf8_read((const char *)in + i, len - i, &cp, NULL);
		put(s, cp);
	}
	s->damaged = true;
	return 0;
}

int pdu_text_read(const uint8_t *pdu, const struct pdu_view *v, char *out, size_t max, bool *damaged)
{
	struct sink s = { out, 0, max, *damaged || v->damaged };
	const uint8_t *in = pdu + v->ud + v->udh_octets;
	size_t len = v->ud_octets - v->udh_octets;
	int err = 0;

	switch (v->coding) {
	case PDU_GSM7:
		read_gsm7(pdu, v, &s);
		break;
	case PDU_UCS2:
		read_utf16(in, len, &s);
		break;
	case PDU_OCTETS:
		err = read_octets(v, in, len, &s);
		break;
	}
	out[s.used] = '\0';
	*damaged = s.damaged;
	return err;
}

void pdu_text_read_name(const uint8_t *in, size_t digits, char *out, size_t max)
{
	uint8_t septets[PDU_ADDRESS_DIGITS_MAX];
	struct sink s = { out, 0, max, false };
	size_t count = digits * 4 / 7;

	gsm7_unpack(in, count, 0, septets);
	while (count && septets[count - 1] == 0) /* '@' is what fill bits look like */
		count--;
	put_septets(&s, septets, count);
	out[s.used] = '\0';
}
