/* A command line of V.250 taken apart: basic commands (E0, &F, S3=13, D...), extended ones (+NAME, ^NAME) with their
 * form, and the values of a set command. Pure; nothing is copied, all points into the line. */
#ifndef HL_SIMMODEM_AT_LINE_H
#define HL_SIMMODEM_AT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

#define AT_NAME_MAX 17   /* characters of a command's name (V.250 5.4.1) and its prefix */
#define AT_VALUES_MAX 10

enum at_form { AT_EXEC, AT_READ, AT_TEST, AT_SET };

struct at_command {
	char name[AT_NAME_MAX + 1]; /* upper case, with its prefix: "+CMGF", "E", "&F", "S3", "D" */
	enum at_form form;
	const char *args; /* after '=' of a set command, the number of a basic one, the dial string of D */
	size_t args_len;
};

struct at_value {
	const char *text; /* without its quotes */
	size_t len;
	bool quoted;
};

/* Takes the next command off *rest (NUL-ended, after "AT"). 1, 0 at the end, HL_EINVAL where it is no command. */
int at_line_next(const char **rest, struct at_command *cmd);

/* Splits the arguments at commas outside quotes: the number of values (an omitted one has len 0), 0 where there are
 * none, or HL_EINVAL (a quote left open, more than max). */
int at_values_split(const struct at_command *cmd, struct at_value *values, size_t max);

/* The value as a decimal number min..max; an omitted one gives the fallback. 0 or HL_EINVAL. */
int at_value_int(const struct at_value *value, int fallback, int min, int max, int *out);

/* Copies the value to out[size] with a NUL; HL_ERANGE where it does not fit. */
int at_value_text(const struct at_value *value, char *out, size_t size);

#endif
