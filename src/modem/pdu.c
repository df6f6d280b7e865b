#include "modem/pdu.h"

#include <gammu.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "modem/pdu_text.h"
#include "text/gsm7.h"
#include "text/sms.h"

#define PAD_OCTETS 1024  /* libgammu reads past short buffers, so it never gets one */
#define UDH_CONCAT_OCTETS 6
#define DCS_UCS2 0x08
#define TYPE_ALPHANUMERIC 0x50
#define TYPE_INTERNATIONAL 0x10
#define TYPE_OF_NUMBER 0x70

_Static_assert(WIRE_PDU_MAX >= PDU_OCTETS_MAX, "a checked PDU fits the wire");

/* ---- receiving ------------------------------------------------------------------------------------------------- */

/* Header fields only: the copy ends before the user data, with a length of 0 and no header indicator. libgammu's text
 * decoder turns U+0001 into '~', doubles '~', passes lone surrogates on and takes its own limits for user data, and its
 * EMS code writes out of bounds on what a stranger can send (both seen in 1.42); pdu_text.c reads the text instead. */
static int decode_header(const uint8_t *pdu, const struct pdu_view *v, GSM_SMSMessage *sms, struct hl_reason *reason)
{
	uint8_t copy[PAD_OCTETS] = { 0 };
	size_t len = v->end;

	memcpy(copy, pdu, v->end);
	if (v->address_digits % 2) /* the filler must not be read as a digit */
		copy[v->address + 2 + v->address_digits / 2] |= 0xF0;
	if (v->kind == PDU_DELIVER) {
		len = v->ud;
		memset(copy + v->ud - 1, 0, v->end - v->ud + 1);
		copy[v->tpdu] &= (uint8_t)~0x40;
		copy[v->scts - 1] = 0;
	}
	memset(sms, 0, sizeof(*sms));
	if (GSM_DecodePDUFrame(GSM_GetGlobalDebug(), sms, copy, len, NULL, TRUE) != ERR_NONE)
		return hl_fail(reason, HL_EINVAL, "the codec refuses its header");
	return 0;
}

/* Semi-octets of TS 23.040 9.1.2.3. libgammu leaves '*', '#' and a-c out, which would make two senders one. */
static bool plain_digits(const uint8_t *in, size_t digits)
{
	for (size_t i = 0; i < digits; i++)
		if ((i % 2 ? in[i / 2] >> 4 : in[i / 2] & 15) > 9)
			return false;
	return true;
}

static void read_odd_digits(const uint8_t *in, size_t digits, bool international, char *out)
{
	static const char symbols[] = "0123456789*#abc";

	if (international)
		*out++ = '+';
	for (size_t i = 0; i < digits; i++) {
		unsigned value = i % 2 ? in[i / 2] >> 4 : in[i / 2] & 15u;
		if (value < 15)
			*out++ = symbols[value];
	}
	*out = '\0';
}

static bool read_address(const uint8_t *pdu, const struct pdu_view *v, const GSM_SMSMessage *sms, char *out, size_t max)
{
	const uint8_t *digits = pdu + v->address + 2;

	if ((v->address_type & TYPE_OF_NUMBER) == TYPE_ALPHANUMERIC) {
		pdu_text_read_name(digits, v->address_digits, out, max);
		return true;
	}
	if (plain_digits(digits, v->address_digits))
		hl_strlcpy(out, max, DecodeUnicodeString(sms->Number));
	else
		read_odd_digits(digits, v->address_digits, (v->address_type & TYPE_OF_NUMBER) == TYPE_INTERNATIONAL, out);
	return false;
}

/* For showing only; a stamp that is no date is left out. */
static void format_stamp(const GSM_DateTime *t, char out[32])
{
	int minutes = t->Timezone / 60;

	out[0] = '\0';
	if (t->Year < 1990 || t->Year > 2100)
		return;
	snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", t->Year, t->Month, t->Day, t->Hour, t->Minute,
		 t->Second, minutes < 0 ? '-' : '+', abs(minutes) / 60 % 100, abs(minutes) % 60);
}

static int decode_deliver(const uint8_t *pdu, size_t len, const struct pdu_view *v, struct wire_inbound *in,
			  struct hl_reason *reason)
{
	GSM_SMSMessage sms;
	int err;

	if (pdu_text_read(pdu, v, in->text, sizeof(in->text), &in->damaged))
		return hl_fail(reason, HL_EINVAL, "8-bit data that is not text");
	if ((err = decode_header(pdu, v, &sms, reason)))
		return err;
	in->alphanumeric = read_address(pdu, v, &sms, in->from, sizeof(in->from));
	if (!in->from[0]) { /* nobody to answer, but somebody to read */
		hl_strlcpy(in->from, sizeof(in->from), "(unknown)");
		in->alphanumeric = true;
	}
	format_stamp(&sms.DateTime, in->sent_at);
	memcpy(in->pdu, pdu, len);
	in->pdu_len = len;
	in->coding = v->coding == PDU_GSM7 ? 7 : 16;
	in->concat_width = v->concat_width;
	in->concat_ref = v->concat_ref;
	in->concat_total = v->concat_total;
	in->concat_seq = v->concat_seq;
	return 0;
}

static int decode_report(const uint8_t *pdu, size_t len, const struct pdu_view *v, struct wire_report *report,
			 struct hl_reason *reason)
{
	GSM_SMSMessage sms;
	int err = decode_header(pdu, v, &sms, reason);

	if (err)
		return err;
	read_address(pdu, v, &sms, report->to, sizeof(report->to));
	memcpy(report->pdu, pdu, len);
	report->pdu_len = len;
	format_stamp(&sms.DateTime, report->sent_at);
	report->mr = v->mr;
	report->status = v->status;
	return 0;
}

int pdu_decode(const uint8_t *pdu, size_t len, struct pdu_message *out, struct hl_reason *reason)
{
	struct pdu_view v;
	int err = pdu_check(pdu, len, &v, reason);

	if (err)
		return err;
	memset(out, 0, sizeof(*out));
	out->kind = v.kind;
	if (v.kind == PDU_DELIVER)
		return decode_deliver(pdu, len, &v, &out->u.inbound, reason);
	return decode_report(pdu, len, &v, &out->u.report, reason);
}

/* ---- sending --------------------------------------------------------------------------------------------------- */

/* "+" and digits, or digits with '*' and '#' as short codes have them. */
static bool can_be_called(const char *number)
{
	size_t n = number[0] == '+', digits = strlen(number + n);

	return digits > 0 && digits <= PDU_ADDRESS_DIGITS_MAX && strspn(number + n, "0123456789") == digits;
}

/* IEI 00 of 9.2.3.24.1. libgammu takes its reference from the clock, so the header is ours. */
static void set_concat(GSM_UDHHeader *udh, uint8_t ref, size_t total, size_t seq)
{
	const uint8_t header[UDH_CONCAT_OCTETS] = { 5, 0, 3, ref, (uint8_t)total, (uint8_t)seq };

	udh->Type = UDH_UserUDH;
	udh->Length = UDH_CONCAT_OCTETS;
	memcpy(udh->Text, header, sizeof(header));
}

/* The user data goes through libgammu as octets that are coded already, because its own encoders replace what they do
 * not know with '?' and read '~' as an escape of a telephone maker's. Returns the user data length (9.2.3.16). */
static int set_user_data(GSM_SMSMessage *sms, const char *text, size_t len, enum sms_coding coding)
{
	size_t header = sms->UDH.Type == UDH_NoUDH ? 0 : UDH_CONCAT_OCTETS;
	size_t fill_septets = (header * 8 + 6) / 7;
	uint8_t units[PDU_UD_SEPTETS_MAX];
	int n = sms_encode_part(text, len, coding, units, sizeof(units));

	if (n < 0)
		return n;
	sms->Coding = SMS_Coding_8bit;
	if (coding == SMS_UCS2) {
		memcpy(sms->Text, units, (size_t)n);
		sms->Length = n;
		return (int)header + n;
	}
	sms->Length = (int)gsm7_pack(units, (size_t)n, (unsigned)(fill_septets * 7 - header * 8), sms->Text);
	return (int)fill_septets + n;
}

/* Takes the fields out of libgammu's frame, where each has a fixed place, into a TPDU (9.2.2.2). */
static size_t frame_to_tpdu(const uint8_t *frame, int frame_len, uint8_t *tpdu)
{
	const GSM_SMSMessageLayout *at = &PHONE_SMSSubmit;
	size_t address = 2 + (frame[at->Number] + 1u) / 2, ud = (size_t)frame_len - at->Text, n = 0;

	tpdu[n++] = frame[at->firstbyte];
	tpdu[n++] = frame[at->TPMR];
	memcpy(tpdu + n, frame + at->Number, address);
	n += address;
	tpdu[n++] = frame[at->TPPID];
	tpdu[n++] = frame[at->TPDCS];
	tpdu[n++] = frame[at->TPVP];
	tpdu[n++] = frame[at->TPUDL];
	memcpy(tpdu + n, frame + at->Text, ud);
	return n + ud;
}

static int encode_part(const struct wire_send *send, GSM_SMSMessage *sms, const char *text, size_t len,
		       enum sms_coding coding, struct pdu_submit *out)
{
	uint8_t frame[PAD_OCTETS] = { 0 }, tpdu[1 + PDU_OCTETS_MAX] = { 0 };
	int frame_len = 0, udl = set_user_data(sms, text, len, coding);

	if (udl < 0 || sms->Length > PDU_UD_OCTETS_MAX)
		return HL_ERANGE;
	sms->PDU = send->report ? SMS_Status_Report : SMS_Submit; /* its way to ask for a report (TP-SRR) */
	if (GSM_EncodeSMSFrame(GSM_GetGlobalDebug(), sms, frame, PHONE_SMSSubmit, &frame_len, TRUE) != ERR_NONE)
		return HL_EINVAL;
	frame[PHONE_SMSSubmit.TPDCS] = coding == SMS_UCS2 ? DCS_UCS2 : 0;
	frame[PHONE_SMSSubmit.TPUDL] = (uint8_t)udl;
	out->tpdu_octets = frame_to_tpdu(frame, frame_len, tpdu + 1);
	hl_hex_encode(tpdu, 1 + out->tpdu_octets, out->hex);
	return 0;
}

int pdu_encode(const struct wire_send *send, uint8_t ref, struct pdu_submit *parts, size_t max, size_t *count,
	       struct hl_reason *reason)
{
	size_t ends[WIRE_PARTS_MAX], from = 0, len = strlen(send->text);
	struct sms_cut cut;
	GSM_SMSMessage sms;
	int err;

	if (!can_be_called(send->to))
		return hl_fail(reason, HL_EINVAL, "the recipient is not a telephone number");
	if ((err = sms_split(send->text, len, &cut, ends, max < WIRE_PARTS_MAX ? max : WIRE_PARTS_MAX)))
		return hl_fail(reason, err, "the text cannot be sent: %s", err == HL_ERANGE ? "too long; make it shorter" : "not UTF-8");
	for (size_t i = 0; i < cut.parts; from = ends[i++]) {
		memset(&sms, 0, sizeof(sms));
		GSM_SetDefaultSMSData(&sms);
		sms.SMSC.Location = 0;
		sms.Class = -1;
		EncodeUnicode(sms.Number, send->to, strlen(send->to));
		if (cut.parts > 1)
			set_concat(&sms.UDH, ref, cut.parts, i + 1);
		if ((err = encode_part(send, &sms, send->text + from, ends[i] - from, cut.coding, &parts[i])))
			return hl_fail(reason, err, "part %zu of %zu cannot be built", i + 1, cut.parts);
	}
	*count = cut.parts;
	return 0;
}
