/* Who rings, by a +CLIP line: a parser of what a network writes there. Pure; nothing that is no number comes out of it. */
#ifndef HL_MODEM_CALL_NUMBER_H
#define HL_MODEM_CALL_NUMBER_H

#include "wire/link.h"

/* The number in the line (TS 27.007 7.6), "" where it is withheld, no number, or too long. */
void call_number(const char *line, char out[WIRE_NUMBER_MAX + 1]);

#endif
