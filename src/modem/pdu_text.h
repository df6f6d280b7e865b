/* User data of a checked SMS-DELIVER as UTF-8. What cannot be read becomes U+FFFD and is said to be damaged; nothing is
 * ever left out silently. Pure. */
#ifndef HL_MODEM_PDU_TEXT_H
#define HL_MODEM_PDU_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "modem/pdu_check.h"

/* Writes the text of pdu to out[max], ended with a NUL, and sets *damaged where something was lost; *damaged keeps an
 * earlier true. max of WIRE_PART_MAX + 1 is enough for every PDU. HL_EINVAL for 8-bit data that is not text. */
int pdu_text_read(const uint8_t *pdu, const struct pdu_view *view, char *out, size_t max, bool *damaged);

/* An alphanumeric address (TS 23.040 9.1.2.5): GSM-7 septets in digits semi-octets at in. */
void pdu_text_read_name(const uint8_t *in, size_t digits, char *out, size_t max);

#endif
