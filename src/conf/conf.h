/* Reading libconfig files by tables, with every error collected: file, line, what is wrong, the mend. Unknown keys
 * are errors. Every word and number of a file passes here once, so the rooms above never meet a wrong type, a cut
 * string or bad UTF-8. */
#ifndef HL_CONF_CONF_H
#define HL_CONF_CONF_H

#include <libconfig.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

#define CONF_ERRORS_MAX 100
#define CONF_FILE_MAX (1u << 20) /* octets of one file */
#define CONF_DEPTH_MAX 16        /* groups inside groups */

struct conf_errors {
	size_t count;                                /* all of them, also those past the maximum */
	size_t gentle;                               /* of them: those that keep only one modem away */
	struct hl_reason list[CONF_ERRORS_MAX];      /* "etc/hotlined.conf:12: ..." */
};

/* Adds one; line 0: of the whole file. */
void conf_error(struct conf_errors *e, const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Prints each on a line of its own, and how many more there were than are kept. */
void conf_errors_print(FILE *out, const struct conf_errors *e);

enum conf_kind { CONF_STRING, CONF_INT, CONF_BOOL, CONF_GROUP_LIST, CONF_ANY };

struct conf_key {
	const char *name;         /* NULL ends the table */
	enum conf_kind kind;
	bool required;
	size_t offset, size;      /* where in the struct: char[size], int64_t or bool; unused by the last two kinds */
	int64_t min, max;         /* of CONF_INT; of a string's length otherwise unused */
	const char *default_text; /* strings: default; "0"/"1"/number for others; NULL none */
};

/* Parses a file; a syntax error is added with its line. 0, or HL_EIO or HL_EINVAL after adding to e; in every case
 * the caller ends with config_destroy(). @include is refused: a line number would no longer name one place. */
int conf_read(const char *path, config_t *cfg, struct conf_errors *e);

/* The same of a text in memory (tests, fuzzing); path is for the errors. */
int conf_read_text(const char *path, const char *text, size_t len, config_t *cfg, struct conf_errors *e);

/* Reads a group by its table into the struct: defaults first, then each key; missing, unknown, mistyped and
 * out-of-range keys are added to e. CONF_GROUP_LIST and CONF_ANY keys are only checked for presence (and that each
 * element is a group) and left to the caller. */
void conf_read_group(const char *path, config_setting_t *group, const struct conf_key *keys, void *into,
	struct conf_errors *e);

/* The line of a key in a group, or of the group where the key is absent. */
int conf_line(const config_setting_t *group, const char *key);

/* Whether two names differ by so little that one may be a slip for the other. */
bool conf_similar(const char *a, const char *b);

/* Makes a relative path in value (char[size]) one beside the file that names it. HL_ERANGE where it does not fit. */
int conf_resolve_path(const char *file, char *value, size_t size);

#endif
