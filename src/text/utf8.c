#include "text/utf8.h"

/* What each leading octet may be followed by (RFC 3629, section 4): the range of the second octet shuts out overlong forms,
 * surrogates and everything over U+10FFFF; all later octets are 80..BF. */
static const struct { uint8_t from, to, len, second_min, second_max; } leads[] = {
	{ 0xC2, 0xDF, 2, 0x80, 0xBF },
	{ 0xE0, 0xE0, 3, 0xA0, 0xBF },
	{ 0xE1, 0xEC, 3, 0x80, 0xBF },
	{ 0xED, 0xED, 3, 0x80, 0x9F },
	{ 0xEE, 0xEF, 3, 0x80, 0xBF },
	{ 0xF0, 0xF0, 4, 0x90, 0xBF },
	{ 0xF1, 0xF3, 4, 0x80, 0xBF },
	{ 0xF4, 0xF4, 4, 0x80, 0x8F },
};

static size_t lead_row(uint8_t lead)
{
	size_t row = 0;

	while (row < sizeof(leads) / sizeof(leads[0]) && (lead < leads[row].from || lead > leads[row].to))
		row++;
	return row;
}

/* The character of a lead that is not ASCII, or 0 where it is none. */
static size_t read_long(const uint8_t *s, size_t len, uint32_t *cp)
{
	size_t row = lead_row(s[0]);
	uint32_t value;

	if (row == sizeof(leads) / sizeof(leads[0]) || len < leads[row].len)
		return 0;
	if (s[1] < leads[row].second_min || s[1] > leads[row].second_max)
		return 0;
	value = s[0] & (0x7Fu >> leads[row].len);
	for (size_t i = 1; i < leads[row].len; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (s[i] & 0x3Fu);
	}
	*cp = value;
	return leads[row].len;
}

size_t utf8_read_long(const char *s, size_t len, uint32_t *cp, bool *valid)
{
	size_t n = read_long((const uint8_t *)s, len, cp);

	if (valid)
		*valid = n != 0;
	if (n)
		return n;
	*cp = UTF8_REPLACEMENT;
	return 1;
}

size_t utf8_write(uint32_t cp, char *out)
{
	size_t len = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	static const uint8_t heads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };

	for (size_t i = len - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (cp & 0x3F));
		cp >>= 6;
	}
	out[0] = (char)(heads[len] | cp);
	return len;
}

bool utf8_valid(const char *s, size_t len)
{
	bool valid = true;
	uint32_t cp;

	for (size_t i = 0; i < len && valid; )
		i += utf8_read(s + i, len - i, &cp, &valid);
	return valid;
}
