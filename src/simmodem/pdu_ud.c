/* User data: TP-UDL, TP-UD and its header (TS 23.040 9.2.3.16, 9.2.3.24). */
#include <string.h>

#include "simmodem/pdu_field.h"
#include "text/gsm7.h"

#define IE_CONCAT8 0x00
#define IE_CONCAT16 0x08

/* Octets before the units: the header with its length octet. */
static size_t header_octets(const struct pdu_ud *ud)
{
	return ud->header_len ? ud->header_len + 1 : 0;
}

static unsigned fill_bits(size_t octets)
{
	return (unsigned)((7 - octets * 8 % 7) % 7);
}

static int septets_write(const struct pdu_ud *ud, size_t before, uint8_t *out)
{
	size_t header_septets = (before * 8 + 6) / 7;
	uint8_t septets[160];

	if (header_septets + ud->count > 160)
		return HL_ERANGE;
	for (size_t i = 0; i < ud->count; i++)
		septets[i] = (uint8_t)ud->units[i];
	out[0] = (uint8_t)(header_septets + ud->count);
	return (int)(1 + before + gsm7_pack(septets, ud->count, fill_bits(before), out + 1 + before));
}

int pdu_ud_write(const struct pdu_ud *ud, uint8_t *out)
{
	size_t before = header_octets(ud), width = ud->coding == SIM_UCS2 ? 2 : 1;
	uint8_t *p = out + 1 + before;

	if (before > PDU_UD_MAX || (ud->coding != SIM_GSM7 && before + ud->count * width > PDU_UD_MAX))
		return HL_ERANGE;
	if (before) {
		out[1] = (uint8_t)ud->header_len;
		memcpy(out + 2, ud->header, ud->header_len);
	}
	if (ud->coding == SIM_GSM7)
		return septets_write(ud, before, out);
	for (size_t i = 0; i < ud->count; i++) {
		if (width == 2)
			*p++ = (uint8_t)(ud->units[i] >> 8);
		*p++ = (uint8_t)ud->units[i];
	}
	out[0] = (uint8_t)(before + ud->count * width);
	return (int)(p - out);
}

static int septets_read(const uint8_t *in, size_t octets, size_t before, struct pdu_ud *ud)
{
	size_t header_septets = (before * 8 + 6) / 7, total = in[0];
	uint8_t septets[160];

	if (total > 160 || total < header_septets || octets != (total * 7 + 7) / 8)
		return HL_EINVAL;
	ud->count = total - header_septets;
	gsm7_unpack(in + 1 + before, ud->count, fill_bits(before), septets);
	for (size_t i = 0; i < ud->count; i++)
		ud->units[i] = septets[i];
	return 0;
}

static int octets_read(const uint8_t *in, size_t octets, size_t before, struct pdu_ud *ud)
{
	size_t width = ud->coding == SIM_UCS2 ? 2 : 1, data = octets - before;
	const uint8_t *p = in + 1 + before;

	if (in[0] != octets || data % width)
		return HL_EINVAL;
	ud->count = data / width;
	for (size_t i = 0; i < ud->count; i++)
		ud->units[i] = width == 2 ? (uint16_t)(p[2 * i] << 8 | p[2 * i + 1]) : p[i];
	return 0;
}

int pdu_ud_read(const uint8_t *in, size_t len, uint8_t dcs, bool has_header, struct pdu_ud *ud)
{
	size_t octets = len - 1, before = 0;

	memset(ud, 0, sizeof(*ud));
	if (len < 1 || octets > PDU_UD_MAX || pdu_dcs_coding(dcs, &ud->coding))
		return HL_EINVAL;
	if (has_header) {
		if (octets < 1 || (before = 1 + (size_t)in[1]) > octets)
			return HL_EINVAL;
		ud->header_len = in[1];
		memcpy(ud->header, in + 2, ud->header_len);
	}
	return ud->coding == SIM_GSM7 ? septets_read(in, octets, before, ud) : octets_read(in, octets, before, ud);
}

void pdu_concat_write(struct pdu_ud *ud, const struct pdu_concat *c)
{
	uint8_t *p = ud->header + ud->header_len;

	*p++ = c->width == 16 ? IE_CONCAT16 : IE_CONCAT8;
	*p++ = c->width == 16 ? 4 : 3;
	if (c->width == 16)
		*p++ = (uint8_t)(c->ref >> 8);
	*p++ = (uint8_t)c->ref;
	*p++ = (uint8_t)c->total;
	*p++ = (uint8_t)c->seq;
	ud->header_len = (size_t)(p - ud->header);
}

struct pdu_concat pdu_concat_read(const struct pdu_ud *ud)
{
	struct pdu_concat c = { 0, 0, 0, 0 };
	const uint8_t *h = ud->header;

	for (size_t i = 0; i + 2 <= ud->header_len && i + 2 + h[i + 1] <= ud->header_len; i += 2u + h[i + 1]) {
		if (h[i] == IE_CONCAT8 && h[i + 1] == 3)
			c = (struct pdu_concat){ 8, h[i + 2], h[i + 3], h[i + 4] };
		else if (h[i] == IE_CONCAT16 && h[i + 1] == 4)
			c = (struct pdu_concat){ 16, (unsigned)h[i + 2] << 8 | h[i + 3], h[i + 4], h[i + 5] };
	}
	if (c.seq == 0 || c.seq > c.total)
		c.total = 0;
	return c;
}
