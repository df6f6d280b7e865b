#include "simmodem/units.h"

#include <string.h>

#include "text/gsm7.h"
#include "text/utf8.h"

static bool is_high(uint16_t u)
{
	return (u & 0xFC00) == 0xD800;
}

static bool is_low(uint16_t u)
{
	return (u & 0xFC00) == 0xDC00;
}

bool units_fit_gsm7(const char *text, size_t len)
{
	uint32_t cp;

	for (size_t i = 0; i < len; i += utf8_read(text + i, len - i, &cp, NULL)) {
		utf8_read(text + i, len - i, &cp, NULL);
		if (gsm7_from_char(cp) < 0)
			return false;
	}
	return true;
}

/* The units of one character: their number, or HL_EINVAL. */
static int encode_char(uint32_t cp, enum sim_coding coding, uint16_t out[2])
{
	int septet;

	if (coding == SIM_GSM7) {
		if ((septet = gsm7_from_char(cp)) < 0)
			return HL_EINVAL;
		out[0] = septet > 0xFF ? GSM7_ESCAPE : (uint16_t)septet;
		out[1] = septet & 0x7F;
		return septet > 0xFF ? 2 : 1;
	}
	if (coding == SIM_8BIT && cp > 0xFF)
		return HL_EINVAL;
	if (cp <= 0xFFFF) {
		out[0] = (uint16_t)cp;
		return 1;
	}
	out[0] = (uint16_t)(0xD800 | ((cp - 0x10000) >> 10));
	out[1] = (uint16_t)(0xDC00 | ((cp - 0x10000) & 0x3FF));
	return 2;
}

int units_from_text(const char *text, size_t len, enum sim_coding coding, uint16_t *out, size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < len;) {
		uint16_t units[2];
		uint32_t cp;
		bool valid;
		int n;
		i += utf8_read(text + i, len - i, &cp, &valid);
		if (!valid || (n = encode_char(cp, coding, units)) < 0)
			return HL_EINVAL;
		if (count + (size_t)n > max)
			return HL_ERANGE;
		memcpy(out + count, units, (size_t)n * sizeof(*units));
		count += (size_t)n;
	}
	return (int)count;
}

/* The character at units[0]; *used says how many units it took. */
static uint32_t decode_char(const uint16_t *units, size_t count, enum sim_coding coding, size_t *used)
{
	bool two;

	if (coding == SIM_GSM7) {
		two = units[0] == GSM7_ESCAPE && count > 1;
		*used = two ? 2 : 1;
		return gsm7_to_char((uint8_t)(units[two] & 0x7F), two);
	}
	two = is_high(units[0]) && count > 1 && is_low(units[1]);
	*used = two ? 2 : 1;
	if (two)
		return 0x10000 + ((uint32_t)(units[0] & 0x3FF) << 10) + (units[1] & 0x3FF);
	return is_high(units[0]) || is_low(units[0]) ? UTF8_REPLACEMENT : units[0];
}

size_t units_to_text(const uint16_t *units, size_t count, enum sim_coding coding, char *out, size_t max)
{
	size_t len = 0, used;

	for (size_t i = 0; i < count && len + 5 <= max; i += used)
		len += utf8_write(decode_char(units + i, count - i, coding, &used), out + len);
	out[len] = '\0';
	return len;
}

size_t units_cut(const uint16_t *units, size_t count, enum sim_coding coding, size_t limit)
{
	if (count <= limit)
		return count;
	if (coding == SIM_GSM7 && units[limit - 1] == GSM7_ESCAPE)
		return limit - 1;
	if (coding == SIM_UCS2 && is_high(units[limit - 1]) && is_low(units[limit]))
		return limit - 1;
	return limit;
}
