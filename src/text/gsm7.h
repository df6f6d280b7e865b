/* The GSM 7 bit default alphabet and its extension table (TS 23.038 6.2.1), and the packing of septets into octets
 * (6.1.2.1). Pure; national language tables are not used in Mongolia and not here. */
#ifndef HL_TEXT_GSM7_H
#define HL_TEXT_GSM7_H

#include <stddef.h>
#include <stdint.h>

#define GSM7_ESCAPE 0x1B

/* The septet of a character: 0..127, or GSM7_ESCAPE << 8 | septet for one of the extension table (it counts two), or -1
 * where the alphabet lacks it. */
int gsm7_from_char(uint32_t cp);

/* The character of a septet 0..127; after GSM7_ESCAPE call with extended = 1. A septet that the extension table lacks gives
 * the character of the default table (TS 23.038 6.2.1.1 note); the escape itself gives U+00A0. */
uint32_t gsm7_to_char(uint8_t septet, int extended);

/* Packs count septets, after fill bits (0..6) of zero, into out[(count * 7 + fill + 7) / 8]; returns the octets written. */
size_t gsm7_pack(const uint8_t *septets, size_t count, unsigned fill, uint8_t *out);

/* The reverse: reads count septets from in, whose first fill bits are skipped. The caller has checked that
 * in holds (count * 7 + fill + 7) / 8 octets. */
void gsm7_unpack(const uint8_t *in, size_t count, unsigned fill, uint8_t *septets);

#endif
