/* Text as the units of an alphabet (septets, octets or UTF-16 units), both ways, and where a long one may be cut. The
 * simulator's own, so that its phones judge what a gateway sent without sharing its code. Pure. */
#ifndef HL_SIMMODEM_UNITS_H
#define HL_SIMMODEM_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum sim_coding { SIM_GSM7 = 7, SIM_8BIT = 8, SIM_UCS2 = 16 };

/* Whether every character of the UTF-8 text is in the GSM 7 bit default alphabet or its extension table. */
bool units_fit_gsm7(const char *text, size_t len);

/* UTF-8 to units: returns their number, HL_EINVAL (not UTF-8, or a character that the alphabet lacks) or HL_ERANGE. An
 * extension character gives two septets; a character over U+FFFF two UTF-16 units. */
int units_from_text(const char *text, size_t len, enum sim_coding coding, uint16_t *out, size_t max);

/* Units to UTF-8 with a NUL, cut at a whole character where out[max] is too small. An unpaired surrogate gives
 * U+FFFD; an octet of 8-bit data gives the character of ISO 8859-1. Returns the length. */
size_t units_to_text(const uint16_t *units, size_t count, enum sim_coding coding, char *out, size_t max);

/* How many of the count units the next part of at most limit units takes: it ends neither after an escape nor inside
 * a surrogate pair. */
size_t units_cut(const uint16_t *units, size_t count, enum sim_coding coding, size_t limit);

#endif
