/* Reading libconfig files by tables, with every error collected: file, line, what is wrong, the mend. Unknown keys are errors. */
#ifndef HL_CORE_CONF_H
#define HL_CORE_CONF_H

#include <libconfig.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define CONF_ERRORS_MAX 100

struct conf_errors {
	size_t count;                                /* all of them, also those past the maximum */
	struct hl_reason list[CONF_ERRORS_MAX];      /* "etc/hotlined.conf:12: ..." */
};

void conf_error(struct conf_errors *e, const char *file, int line, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

enum conf_kind { CONF_STRING, CONF_INT, CONF_BOOL, CONF_GROUP_LIST, CONF_ANY };

struct conf_key {
	const char *name;
	enum conf_kind kind;
	bool required;
	size_t offset, size;      /* where in the struct; strings are copied into char[size] */
	int64_t min, max;         /* of CONF_INT; of a string's length otherwise unused */
	const char *default_text; /* strings: default; "0"/"1"/number for others; NULL none */
};

/* Parses a file; a syntax error is added with its line. The caller ends with config_destroy(). */
int conf_read(const char *path, config_t *cfg, struct conf_errors *e);

/* Reads a group by its table into the struct: defaults first, then each key; missing, unknown, mistyped and out-of-range keys are
 * added to e. CONF_GROUP_LIST and CONF_ANY keys are only checked for presence and left to the caller. */
void conf_read_group(const char *path, config_setting_t *group, const struct conf_key *keys, void *into, struct conf_errors *e);

#endif
