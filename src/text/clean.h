/* The first step of folding: octets become characters in lower case, composed, without what nobody sees. Pure; each
 * character remembers the octets it came from. */
#ifndef HL_TEXT_CLEAN_H
#define HL_TEXT_CLEAN_H

#include <stddef.h>
#include <stdint.h>

#include "text/letters.h"

struct clean_char {
	uint32_t cp : 24;
	enum letters_script script : 8;
	uint32_t start, end; /* octets of the text */
};

/* Writes the characters of text[len] to out[len] and returns how many there are. An octet that does not decode gives a
 * space. */
size_t clean_text(const char *text, size_t len, struct clean_char *out);

#endif
