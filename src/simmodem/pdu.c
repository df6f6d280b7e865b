#include "simmodem/pdu.h"

#include <string.h>

/* The first octet (9.2.3.1 and following). */
#define MTI_MASK 0x03
#define MTI_DELIVER 0x00
#define MTI_SUBMIT 0x01
#define MTI_REPORT 0x02
#define NO_MORE_MESSAGES 0x04
#define VPF_MASK 0x18
#define VPF_RELATIVE 0x10
#define REPORT_WANTED 0x20
#define HAS_HEADER 0x40

static int finish(const uint8_t *out, const uint8_t *tpdu, const uint8_t *end, size_t *tpdu_len)
{
	*tpdu_len = (size_t)(end - tpdu);
	return (int)(end - out);
}

int pdu_deliver_build(const struct pdu_deliver *d, uint8_t out[PDU_MAX], size_t *tpdu_len)
{
	int n = pdu_smsc_write(d->smsc, out);
	uint8_t *p = out, *tpdu;

	if (n < 0)
		return n;
	tpdu = p += n;
	*p++ = (uint8_t)(MTI_DELIVER | NO_MORE_MESSAGES | (d->ud.header_len ? HAS_HEADER : 0));
	if ((n = pdu_address_write(d->from, d->toa, p)) < 0)
		return n;
	p += n;
	*p++ = d->pid;
	*p++ = d->dcs;
	memcpy(p, d->time, 7);
	p += 7;
	if ((n = pdu_ud_write(&d->ud, p)) < 0)
		return n;
	return finish(out, tpdu, p + n, tpdu_len);
}

int pdu_report_build(const struct pdu_report *r, uint8_t out[PDU_MAX], size_t *tpdu_len)
{
	int n = pdu_smsc_write(r->smsc, out);
	uint8_t *p = out, *tpdu;

	if (n < 0)
		return n;
	tpdu = p += n;
	*p++ = MTI_REPORT | NO_MORE_MESSAGES;
	*p++ = r->mr;
	if ((n = pdu_address_write(r->to, 0, p)) < 0)
		return n;
	p += n;
	memcpy(p, r->time, 7);
	memcpy(p + 7, r->discharge, 7);
	p[14] = r->status;
	return finish(out, tpdu, p + 15, tpdu_len);
}

int pdu_submit_build(const struct pdu_submit *s, uint8_t out[PDU_MAX], size_t *tpdu_len)
{
	uint8_t *p = out;
	int n;

	*p++ = 0;
	*p++ = (uint8_t)(MTI_SUBMIT | VPF_RELATIVE | (s->report ? REPORT_WANTED : 0) | (s->ud.header_len ? HAS_HEADER : 0));
	*p++ = s->mr;
	if ((n = pdu_address_write(s->to, 0, p)) < 0)
		return n;
	p += n;
	*p++ = s->pid;
	*p++ = s->dcs;
	*p++ = 0xA7; /* 24 hours */
	if ((n = pdu_ud_write(&s->ud, p)) < 0)
		return n;
	return finish(out, out + 1, p + n, tpdu_len);
}

/* Octets of TP-VP by its format (9.2.3.3). */
static size_t validity_octets(uint8_t first)
{
	unsigned format = first & VPF_MASK;

	return format == 0 ? 0 : format == VPF_RELATIVE ? 1 : 7;
}

int pdu_submit_parse(const uint8_t *in, size_t len, struct pdu_submit *s)
{
	int n = pdu_smsc_skip(in, len);
	const uint8_t *p = in + n, *end = in + len;
	uint8_t first;

	memset(s, 0, sizeof(*s));
	if (n < 0 || end - p < 2)
		return HL_EINVAL;
	first = *p++;
	if ((first & MTI_MASK) != MTI_SUBMIT)
		return HL_EINVAL;
	s->report = first & REPORT_WANTED;
	s->mr = *p++;
	if ((n = pdu_address_read(p, (size_t)(end - p), s->to)) < 0)
		return n;
	p += n;
	if ((size_t)(end - p) < 2 + validity_octets(first) + 1)
		return HL_EINVAL;
	s->pid = p[0];
	s->dcs = p[1];
	p += 2 + validity_octets(first);
	return pdu_ud_read(p, (size_t)(end - p), s->dcs, first & HAS_HEADER, &s->ud);
}

int pdu_deliver_parse(const uint8_t *in, size_t len, struct pdu_deliver *d)
{
	int n = pdu_smsc_skip(in, len);
	const uint8_t *p = in + n, *end = in + len;
	uint8_t first;

	memset(d, 0, sizeof(*d));
	if (n < 0 || end - p < 1)
		return HL_EINVAL;
	first = *p++;
	if ((first & MTI_MASK) != MTI_DELIVER || (n = pdu_address_read(p, (size_t)(end - p), d->from)) < 0)
		return HL_EINVAL;
	p += n;
	if (end - p < 10)
		return HL_EINVAL;
	d->pid = p[0];
	d->dcs = p[1];
	memcpy(d->time, p + 2, 7);
	p += 9;
	return pdu_ud_read(p, (size_t)(end - p), d->dcs, first & HAS_HEADER, &d->ud);
}

int pdu_report_parse(const uint8_t *in, size_t len, struct pdu_report *r)
{
	int n = pdu_smsc_skip(in, len);
	const uint8_t *p = in + n, *end = in + len;

	memset(r, 0, sizeof(*r));
	if (n < 0 || end - p < 2 || (p[0] & MTI_MASK) != MTI_REPORT)
		return HL_EINVAL;
	r->mr = p[1];
	p += 2;
	if ((n = pdu_address_read(p, (size_t)(end - p), r->to)) < 0 || end - p - n != 15)
		return HL_EINVAL;
	p += n;
	memcpy(r->time, p, 7);
	memcpy(r->discharge, p + 7, 7);
	r->status = p[14];
	return 0;
}
