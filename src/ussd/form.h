/* application/x-www-form-urlencoded, strictly: a broken percent sign, a NUL or what is no UTF-8 refuses the whole.
 * Pure. */
#ifndef HL_USSD_FORM_H
#define HL_USSD_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct form_field {
	const char *name; /* NULL ends the table */
	char *out;        /* char[size], "" where the field is not there */
	size_t size;
	bool seen;
};

/* Fills the fields; others are passed over. HL_EINVAL (malformed, or a field twice) or HL_ERANGE (longer than its
 * place), with a reason that names the field. */
int form_read(const char *body, size_t len, struct form_field *fields, struct hl_reason *why);

/* Decodes one name or value into out; plus says whether "+" is a space. Returns its length, HL_EINVAL or HL_ERANGE. */
long form_decode(const char *from, size_t len, bool plus, char *out, size_t size);

#endif
