/* UTF-8 as RFC 3629 has it: no surrogates, nothing over U+10FFFF, no overlong forms. Pure. */
#ifndef HL_TEXT_UTF8_H
#define HL_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Reads the character at s (len octets are there, at least 1) into *cp and returns its length 1..4. An octet that
 * begins no valid character counts as length 1 and gives UTF8_REPLACEMENT with *valid false (valid may be NULL). */
size_t utf8_read(const char *s, size_t len, uint32_t *cp, bool *valid);

/* Writes cp (a valid scalar value) to out[4] and returns its length 1..4. */
size_t utf8_write(uint32_t cp, char *out);

/* Whether all of it is valid. */
bool utf8_valid(const char *s, size_t len);

#endif
