#include "text/sms.h"

#include <stdbool.h>

#include "text/gsm7.h"
#include "text/utf8.h"

/* User data of 140 octets; more than one part costs a header of 6 octets in each (TS 23.040 9.2.3.24.1). */
static const struct { size_t single, part; } limits[] = {
	[SMS_GSM7] = { 160, 153 },
	[SMS_UCS2] = { 70, 67 },
};

static size_t char_units(uint32_t cp, enum sms_coding coding)
{
	if (coding == SMS_UCS2)
		return cp > 0xFFFF ? 2 : 1;
	return gsm7_from_char(cp) > 0x7F ? 2 : 1;
}

static int choose_coding(const char *text, size_t len, struct sms_cut *cut)
{
	uint32_t cp;
	bool valid;

	*cut = (struct sms_cut){ .coding = SMS_GSM7 };
	for (size_t i = 0; i < len; ) {
		i += utf8_read(text + i, len - i, &cp, &valid);
		if (!valid)
			return HL_EINVAL;
		if (cut->coding == SMS_GSM7 && gsm7_from_char(cp) < 0) {
			cut->coding = SMS_UCS2;
			cut->forced_by = cp;
		}
	}
	return 0;
}

static void count_units(const char *text, size_t len, struct sms_cut *cut)
{
	uint32_t cp;

	for (size_t i = 0; i < len; ) {
		i += utf8_read(text + i, len - i, &cp, NULL);
		cut->units += char_units(cp, cut->coding);
	}
}

static int cut_parts(const char *text, size_t len, struct sms_cut *cut, size_t *ends, size_t max)
{
	size_t room = cut->units <= limits[cut->coding].single ? limits[cut->coding].single : limits[cut->coding].part;
	size_t used = 0, n, units;
	uint32_t cp;

	for (size_t i = 0; i < len; i += n, used += units) {
		n = utf8_read(text + i, len - i, &cp, NULL);
		units = char_units(cp, cut->coding);
		if (used + units <= room)
			continue;
		if (ends && cut->parts == max)
			return HL_ERANGE;
		if (ends)
			ends[cut->parts] = i;
		cut->parts++;
		used = 0;
	}
	if (ends && cut->parts == max)
		return HL_ERANGE;
	if (ends)
		ends[cut->parts] = len;
	cut->parts++;
	return 0;
}

int sms_measure(const char *text, size_t len, struct sms_cut *cut)
{
	int err = choose_coding(text, len, cut);

	if (err)
		return err;
	count_units(text, len, cut);
	return cut_parts(text, len, cut, NULL, 0);
}

int sms_split(const char *text, size_t len, struct sms_cut *cut, size_t *ends, size_t max)
{
	int err = choose_coding(text, len, cut);

	if (err)
		return err;
	count_units(text, len, cut);
	return cut_parts(text, len, cut, ends, max);
}

static size_t encode_septets(uint32_t cp, uint8_t out[4])
{
	int septets = gsm7_from_char(cp);
	size_t n = 0;

	if (septets < 0)
		septets = '?';
	if (septets > 0x7F)
		out[n++] = GSM7_ESCAPE;
	out[n++] = (uint8_t)(septets & 0x7F);
	return n;
}

static size_t encode_utf16(uint32_t cp, uint8_t out[4])
{
	uint32_t units[2] = { cp, 0 };
	size_t count = 1;

	if (cp > 0xFFFF) {
		units[0] = 0xD800 + ((cp - 0x10000) >> 10);
		units[1] = 0xDC00 + ((cp - 0x10000) & 0x3FF);
		count = 2;
	}
	for (size_t i = 0; i < count; i++) {
		out[2 * i] = (uint8_t)(units[i] >> 8);
		out[2 * i + 1] = (uint8_t)units[i];
	}
	return 2 * count;
}

int sms_encode_part(const char *text, size_t len, enum sms_coding coding, uint8_t *out, size_t max)
{
	size_t used = 0;
	uint32_t cp;

	for (size_t i = 0; i < len; ) {
		uint8_t units[4];
		size_t n;
		i += utf8_read(text + i, len - i, &cp, NULL);
		n = coding == SMS_GSM7 ? encode_septets(cp, units) : encode_utf16(cp, units);
		if (used + n > max)
			return HL_ERANGE;
		for (size_t k = 0; k < n; k++)
			out[used++] = units[k];
	}
	return (int)used;
}
