#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

#define UTF8_MOST 4 /* octets of a character */

static const char save_as[] = "it is none of UTF-8, UTF-16 and Windows-1251: save it as \"CSV UTF-8\"";

/* ---- UTF-16 ------------------------------------------------------------------------------------------------------------ */

/* -1 little end first, 1 big end first, 0 neither. Without a mark the high octets tell: 00 in English, 04 in Mongolian, and digits, commas
 * and line feeds in both, so that most of every second octet are these. */
static int utf16_order(const unsigned char *s, size_t len)
{
	size_t looked = len < 4096 ? len & ~(size_t)1 : 4096, high[2] = { 0, 0 };

	if (len >= 2 && s[0] == 0xff && s[1] == 0xfe)
		return -1;
	if (len >= 2 && s[0] == 0xfe && s[1] == 0xff)
		return 1;
	for (size_t i = 0; i < looked; i++)
		high[i & 1] += s[i] == 0x00 || s[i] == 0x04;
	if (len % 2 || looked < 4 || !memchr(s, 0, looked))
		return 0;
	if (high[1] * 2 > looked * 9 / 10)
		return -1;
	return high[0] * 2 > looked * 9 / 10;
}

static uint32_t unit(const unsigned char *s, size_t at, int order)
{
	return order < 0 ? (uint32_t)s[at] | (uint32_t)s[at + 1] << 8 : (uint32_t)s[at] << 8 | s[at + 1];
}

/* NULL where a surrogate stands alone, or half a character at the end. */
static char *from_utf16(const unsigned char *s, size_t len, int order, size_t *out_len)
{
	char *out;
	size_t n = 0;

	if (len % 2)
		return NULL;
	out = hl_calloc(len / 2 * 3 + UTF8_MOST + 1, 1);
	for (size_t i = 0; i < len; i += 2) {
		uint32_t cp = unit(s, i, order), low;
		if (cp == 0xfeff && i == 0)
			continue;
		if (cp >= 0xd800 && cp <= 0xdbff && i + 4 <= len && (low = unit(s, i + 2, order)) >= 0xdc00 && low <= 0xdfff) {
			cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		} else if (cp >= 0xd800 && cp <= 0xdfff) {
			free(out);
			return NULL;
		}
		n += utf8_write(cp, out + n);
	}
	*out_len = n;
	return out;
}

/* ---- Windows-1251 ------------------------------------------------------------------------------------------------------ */

/* What old Mongolian fonts drew in the places of Ukrainian letters; and what a spreadsheet writes besides letters. */
static const struct { unsigned char octet; uint32_t cp; } more_1251[] = {
	{ 0xa8, 0x401 }, { 0xb8, 0x451 }, { 0xaa, 0x4e8 }, { 0xba, 0x4e9 }, { 0xaf, 0x4ae }, { 0xbf, 0x4af },
	{ 0xa0, 0xa0 }, { 0xab, 0xab }, { 0xbb, 0xbb }, { 0xb9, 0x2116 }, { 0x96, 0x2013 }, { 0x97, 0x2014 }, { 0x93, 0x201c }, { 0x94, 0x201d },
	{ 0x91, 0x2018 }, { 0x92, 0x2019 }, { 0x85, 0x2026 },
};

/* 0 where it is nothing that such a file has. */
static uint32_t cp_1251(unsigned char octet)
{
	if (octet >= 0xc0)
		return 0x410u + octet - 0xc0u;
	if (octet < 0x80)
		return octet;
	for (size_t i = 0; i < sizeof(more_1251) / sizeof(more_1251[0]); i++)
		if (more_1251[i].octet == octet)
			return more_1251[i].cp;
	return 0;
}

static char *from_1251(const unsigned char *s, size_t len, size_t *out_len)
{
	char *out = hl_calloc(len * 3 + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		uint32_t cp = cp_1251(s[i]);
		if (!cp) {
			free(out);
			return NULL;
		}
		n += utf8_write(cp, out + n);
	}
	*out_len = n;
	return out;
}

/* ------------------------------------------------------------------------------------------------------------------------ */

static char *copy(const char *s, size_t len)
{
	char *out = hl_calloc(len + 1, 1);

	memcpy(out, s, len);
	return out;
}

enum charset charset_read(const char *octets, size_t len, char **out, size_t *out_len, const char **why)
{
	const unsigned char *s = (const unsigned char *)octets;
	size_t mark = len >= 3 && memcmp(octets, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	int order = utf16_order(s, len);

	*out = NULL;
	*why = save_as;
	if (len >= 4 && memcmp(octets, "PK\x03\x04", 4) == 0)
		*why = "it is a spreadsheet, not CSV: save it as \"CSV UTF-8\"";
	else if (order)
		return (*out = from_utf16(s, len, order, out_len)) ? CHARSET_UTF16 : CHARSET_REFUSED;
	else if (memchr(octets, 0, len))
		*why = "it is no text: save it as \"CSV UTF-8\"";
	else if (utf8_valid(octets + mark, len - mark))
		*out = copy(octets + mark, *out_len = len - mark);
	else if (!mark && (*out = from_1251(s, len, out_len)))
		return CHARSET_CP1251;
	return *out ? CHARSET_UTF8 : CHARSET_REFUSED;
}

const char *charset_name(enum charset c)
{
	static const char *const names[] = { "UTF-8", "UTF-16", "Windows-1251", "?" };

	return (unsigned)c < sizeof(names) / sizeof(names[0]) ? names[c] : "?";
}
