/* The fields of a modem profile as a table, and the values of the generic one; only profile.c reads them. */
#ifndef HL_WIRE_PROFILE_ROW_H
#define HL_WIRE_PROFILE_ROW_H

#include "wire/profile.h"

enum profile_kind { PROFILE_TEXT, PROFILE_LIST, PROFILE_BOOL, PROFILE_INT, PROFILE_CODES, PROFILE_WORD };

/* What the entries of a text or a list must look like. */
enum profile_form { PROFILE_ANY, PROFILE_COMMAND, PROFILE_MEMORY, PROFILE_USB, PROFILE_NOTIFY };

struct profile_row {
	const char *name;
	enum profile_kind kind;
	size_t offset;
	int64_t min, max;         /* of PROFILE_INT and PROFILE_CODES */
	enum profile_form form;
	const char *const *words; /* of PROFILE_WORD: the word of each value, NULL one that is not allowed; ends with "" */
};

extern const struct profile_row profile_rows[]; /* ends with a row without a name */
extern const struct modem_profile profile_generic;

#endif
