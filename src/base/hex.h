/* Octets as hexadecimal digits, both ways. */
#ifndef HL_BASE_HEX_H
#define HL_BASE_HEX_H

#include <stddef.h>
#include <stdint.h>

/* Writes 2 * len upper-case digits and a NUL to out. */
void hl_hex_encode(const uint8_t *in, size_t len, char *out);

/* Reads len digits of either case into out[max]. Returns the number of octets, or HL_EINVAL (odd length,
 * not a digit) or HL_ERANGE (more than max octets). */
int hl_hex_decode(const char *in, size_t len, uint8_t *out, size_t max);

#endif
