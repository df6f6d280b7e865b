/* UTF-8 as RFC 3629 has it: no surrogates, nothing over U+10FFFF, no overlong forms. Pure. */
#ifndef HL_TEXT_UTF8_H
#define HL_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Reads the character at s (len octets are there, at least 1) into *cp and returns its length 1..4. An octet that
 * begins no valid character counts as length 1 and gives UTF8_REPLACEMENT with *valid false (valid may be NULL). */
static inline size_t utf8_read(const char *s, size_t len, uint32_t *cp, bool *valid);

/* The same for what is neither ASCII nor of two octets; for utf8_read alone. */
size_t utf8_read_long(const char *s, size_t len, uint32_t *cp, bool *valid);

/* Writes cp (a valid scalar value) to out[4] and returns its length 1..4. */
size_t utf8_write(uint32_t cp, char *out);

/* Whether all of it is valid. */
bool utf8_valid(const char *s, size_t len);

/* Inline, because it is asked of every character; Latin and Cyrillic are most of what comes. */
static inline size_t utf8_read(const char *s, size_t len, uint32_t *cp, bool *valid)
{
	uint8_t first = (uint8_t)s[0];
	size_t n = 1;

	if (first < 0x80) {
		*cp = first;
	} else if (first >= 0xC2 && first < 0xE0 && len > 1 && ((uint8_t)s[1] & 0xC0) == 0x80) {
		*cp = (uint32_t)(first & 0x1F) << 6 | ((uint8_t)s[1] & 0x3F);
		n = 2;
	} else {
		return utf8_read_long(s, len, cp, valid);
	}
	if (valid)
		*valid = true;
	return n;
}

#endif
