#include "modem/ussd_code.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "modem/at_line.h"
#include "text/gsm7.h"
#include "text/utf8.h"

#define DCS_GSM7 15
#define DCS_UCS2 72
#define CR 0x0D

/* Coding groups by the upper four bits; in the general ones bits 3 and 2 choose the alphabet. Reserved groups are to be read as
 * the GSM alphabet. */
enum ussd_alphabet ussd_alphabet_of(int dcs, bool *language)
{
	static const enum ussd_alphabet chosen[] = { USSD_GSM7, USSD_8BIT, USSD_UNITS, USSD_GSM7 };
	int group = dcs >> 4 & 0xF;

	*language = dcs == 0x10 || dcs == 0x11;
	if (dcs == 0x11)
		return USSD_UNITS;
	if (group >= 4 && group <= 7 && (dcs & 0x20))
		return USSD_COMPRESSED;
	if ((group >= 4 && group <= 7) || group == 9)
		return chosen[dcs >> 2 & 3];
	return group == 15 && (dcs & 4) ? USSD_8BIT : USSD_GSM7;
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static void put_char(struct ussd_heard *out, size_t *len, uint32_t cp)
{
	char utf8[4];
	size_t n;

	if (cp == '\r')
		cp = '\n';
	if (cp == '\n' && *len && out->text[*len - 1] == '\n')
		return; /* CR LF is one line end; an empty line tells a menu's reader nothing */
	if ((cp < 0x20 && cp != '\n') || cp == 0x7F)
		cp = UTF8_REPLACEMENT;
	n = utf8_write(cp, utf8);
	if (*len + n > WIRE_USSD_MAX)
		return;
	memcpy(out->text + *len, utf8, n);
	*len += n;
	out->text[*len] = '\0';
}

static size_t put_septets(struct ussd_heard *out, const uint8_t *septets, size_t count)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		bool extended = septets[i] == GSM7_ESCAPE && i + 1 < count;
		i += extended;
		put_char(out, &len, gsm7_to_char(septets[i], extended));
	}
	return len;
}

/* TS 23.038 6.1.2.3.1: where seven bits are left over a CR pads them, so a CR that ends on an octet's boundary is no part of the
 * text; any other is. */
static void read_packed(struct ussd_heard *out, const uint8_t *octets, size_t count, bool language)
{
	uint8_t septets[USSD_SEPTETS_MAX + 1];
	size_t n = count * 8 / 7;

	gsm7_unpack(octets, n, 0, septets);
	if (n && count % 7 == 0 && septets[n - 1] == CR)
		n--;
	if (language && n >= 3 && septets[2] == CR) /* two letters and a CR */
		put_septets(out, septets + 3, n - 3);
	else
		put_septets(out, septets, n);
}

/* Two letters of a language as two packed septets come before the text of scheme 17; some networks leave them out. */
static size_t skip_language(const uint8_t *octets, size_t count)
{
	uint8_t letters[2];

	if (count < 2)
		return 0;
	gsm7_unpack(octets, 2, 0, letters);
	return isalpha(letters[0]) && isalpha(letters[1]) ? 2 : 0;
}

static void read_units(struct ussd_heard *out, const uint8_t *octets, size_t count)
{
	size_t len = 0;

	for (size_t i = 0; i + 1 < count; i += 2) {
		uint32_t cp = (uint32_t)octets[i] << 8 | octets[i + 1];
		if (cp >= 0xD800 && cp < 0xDC00 && i + 3 < count && (octets[i + 2] & 0xFC) == 0xDC) {
			cp = 0x10000 + ((cp & 0x3FF) << 10) + ((uint32_t)(octets[i + 2] & 3) << 8 | octets[i + 3]);
			i += 2;
		} else if (cp >= 0xD800 && cp < 0xE000) {
			cp = UTF8_REPLACEMENT;
		}
		put_char(out, &len, cp);
	}
}

/* Text as it is. Which of the character sets of +CSCS it is in cannot be seen: what is UTF-8 is taken for that, which covers
 * IRA; octets that it has not are of the GSM alphabet, whose letters and digits are the same. */
static void read_plain(struct ussd_heard *out, const char *text, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < size;) {
		uint32_t cp;
		bool valid;
		uint8_t c = (uint8_t)text[i];
		i += utf8_read(text + i, size - i, &cp, &valid);
		if (c == GSM7_ESCAPE && i < size && (uint8_t)text[i] < 0x80)
			cp = gsm7_to_char((uint8_t)text[i++], 1);
		else if (c < 0x20 && c != '\r' && c != '\n')
			cp = gsm7_to_char(c, 0);
		put_char(out, &len, cp);
	}
}

/* Whether the string is meant as digits. A text of digits only, on a modem that writes plain text, is one. */
static bool is_in_digits(enum ussd_alphabet alphabet, enum profile_ussd encoding)
{
	return alphabet != USSD_GSM7 || encoding == PROFILE_USSD_PACKED || encoding == PROFILE_USSD_UCS2;
}

static void read_string(struct ussd_heard *out, const char *text, size_t size, enum profile_ussd encoding)
{
	uint8_t octets[2 * USSD_SEPTETS_MAX];
	bool language;
	enum ussd_alphabet alphabet = ussd_alphabet_of(out->dcs, &language);
	int n = is_in_digits(alphabet, encoding) ? hl_hex_decode(text, size, octets, sizeof(octets)) : HL_EINVAL;
	size_t count = n > 0 ? (size_t)n : 0, skip;

	if (n < 0) { /* no digits after all: the modem has made text of it */
		read_plain(out, text, size);
	} else if (alphabet == USSD_GSM7 && encoding == PROFILE_USSD_PACKED && count <= USSD_OCTETS_MAX) {
		read_packed(out, octets, count, language);
	} else if (alphabet == USSD_8BIT || alphabet == USSD_COMPRESSED || count % 2) {
		read_plain(out, text, size); /* nobody can read it, but it shows that there was something */
	} else {
		skip = alphabet == USSD_UNITS && language ? skip_language(octets, count) : 0;
		read_units(out, octets + skip, count - skip);
	}
}

/* The string is between the first quote and the last, because a text may have quotes of its own. */
int ussd_read(const char *line, enum profile_ussd encoding, struct ussd_heard *out)
{
	const char *colon = strchr(line, ':'), *first = colon ? strchr(colon, '"') : NULL;
	const char *last = first ? strrchr(first + 1, '"') : NULL;

	memset(out, 0, sizeof(*out));
	out->dcs = DCS_GSM7;
	if (!at_field_int(line, 0, &out->m) || out->m < 0 || out->m > 5)
		return HL_EINVAL;
	if (!first)
		return 0;
	out->said = true;
	if (!last) /* it broke off */
		last = first + strlen(first);
	else if (last[1] == ',' && isdigit((unsigned char)last[2]))
		out->dcs = (int)strtol(last + 2, NULL, 10);
	out->dcs &= 0xFF;
	read_string(out, first + 1, (size_t)(last - first - 1), encoding);
	return 0;
}

/* ---- writing --------------------------------------------------------------------------------------------------- */

struct measured {
	size_t chars, septets, units;
	bool in_gsm7;
	bool in_both;  /* every character is the same octet in ASCII and the GSM alphabet, and none is a quote */
};

static int measure(const char *text, struct measured *m, struct hl_reason *reason)
{
	size_t len = strlen(text);

	*m = (struct measured){ .in_gsm7 = true, .in_both = true };
	for (size_t i = 0; i < len;) {
		uint32_t cp;
		bool valid;
		int septet;
		i += utf8_read(text + i, len - i, &cp, &valid);
		septet = gsm7_from_char(cp);
		if (!valid || (cp < 0x20 && cp != '\n') || cp == 0x7F)
			return hl_fail(reason, HL_EINVAL, "a USSD text is UTF-8 without control characters other than line feeds");
		m->chars++;
		m->septets += septet > 0xFF ? 2 : 1;
		m->units += cp > 0xFFFF ? 2 : 1;
		m->in_gsm7 &= septet >= 0;
		m->in_both &= septet == (int)cp && cp != '"';
	}
	if (m->chars == 0)
		return hl_fail(reason, HL_EINVAL, "a USSD text must have at least one character");
	return 0;
}

static void put_unit(char **out, uint32_t unit)
{
	const uint8_t octets[] = { (uint8_t)(unit >> 8), (uint8_t)unit };

	hl_hex_encode(octets, sizeof(octets), *out);
	*out += 4;
}

static void write_units(const char *text, char *out)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len;) {
		uint32_t cp;
		i += utf8_read(text + i, len - i, &cp, NULL);
		if (cp > 0xFFFF) {
			cp -= 0x10000;
			put_unit(&out, 0xD800 | cp >> 10);
			cp = 0xDC00 | (cp & 0x3FF);
		}
		put_unit(&out, cp);
	}
}

static void write_packed(const char *text, char *out)
{
	uint8_t septets[USSD_SEPTETS_MAX + 1], octets[USSD_OCTETS_MAX + 1];
	size_t len = strlen(text), n = 0;

	for (size_t i = 0; i < len;) {
		uint32_t cp;
		int septet;
		i += utf8_read(text + i, len - i, &cp, NULL);
		septet = gsm7_from_char(cp);
		if (septet > 0xFF)
			septets[n++] = GSM7_ESCAPE;
		septets[n++] = septet & 0x7F;
	}
	if (n % 8 == 7) /* see read_packed(); a text of ours ends with no CR of its own */
		septets[n++] = CR;
	hl_hex_encode(octets, gsm7_pack(septets, n, 0, octets), out);
}

/* A line feed would end the command. */
static void write_plain(const char *text, char *out)
{
	for (; *text; text++)
		*out++ = *text == '\n' ? ' ' : *text;
	*out = '\0';
}

int ussd_write(const char *text, enum profile_ussd encoding, int dcs, char out[USSD_COMMAND_MAX],
	       struct hl_reason *reason)
{
	struct measured m;
	char string[4 * USSD_SEPTETS_MAX + 1] = "";
	int err = measure(text, &m, reason);
	bool ucs2 = !m.in_gsm7 || (encoding == PROFILE_USSD_PLAIN && !m.in_both);

	if (err)
		return err;
	if (!ucs2 && m.septets > USSD_SEPTETS_MAX)
		return hl_fail(reason, HL_ERANGE, "a USSD text has at most %d characters: this one has %zu; make it shorter",
			USSD_SEPTETS_MAX, m.septets);
	if (ucs2 && m.units > USSD_UNITS_MAX)
		return hl_fail(reason, HL_ERANGE, "a USSD text with Cyrillic or other characters outside the GSM alphabet has at most "
			"%d characters: this one has %zu; make it shorter, or write it in Latin letters", USSD_UNITS_MAX, m.units);
	if (ucs2 || encoding == PROFILE_USSD_UCS2)
		write_units(text, string);
	else if (encoding == PROFILE_USSD_PACKED)
		write_packed(text, string);
	else
		write_plain(text, string);
	snprintf(out, USSD_COMMAND_MAX, "AT+CUSD=1,\"%s\",%d", string, ucs2 ? DCS_UCS2 : dcs);
	return 0;
}
