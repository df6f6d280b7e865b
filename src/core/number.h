/* Phone numbers in one form: "+" and digits (E.164). Pure. */
#ifndef HL_CORE_NUMBER_H
#define HL_CORE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#define NUMBER_MAX 24

struct number { char e164[NUMBER_MAX + 1]; };

/* Normalises what a modem or a person wrote: "+976...", "00976...", "976..." and national digits (country = "976")
 * become "+976..."; spaces, hyphens and brackets are ignored. Short codes (fewer than 7 digits) and alphanumeric
 * names are kept as they are with *answerable false. HL_EINVAL for anything else. */
int number_normalise(const char *in, const char *country, struct number *out, bool *answerable);

#endif
