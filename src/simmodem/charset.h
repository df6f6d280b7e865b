/* Strings between the modem and the program in the character set that +CSCS chose (TS 27.007 5.5). Pure. */
#ifndef HL_SIMMODEM_CHARSET_H
#define HL_SIMMODEM_CHARSET_H

#include <stddef.h>

#include "base/error.h"
#include "simmodem/modem.h"

/* UTF-8 to what the program sees; a character that the set lacks becomes '?'. Returns the length; out may hold NULs
 * (the GSM alphabet has '@' there) and ends with one. */
size_t charset_show(enum te_charset charset, const char *text, char *out, size_t max);

/* The reverse; HL_EINVAL where the set has no such octets, HL_ERANGE. Returns the length. */
int charset_read(enum te_charset charset, const char *in, size_t len, char *text, size_t max);

/* "GSM" and so on; -1 for a name that is none. */
int charset_named(const char *name);
const char *charset_name(enum te_charset charset);

#endif
