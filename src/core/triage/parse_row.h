/* One row of a rule file: a stem with its key, weight and flags, or one setting of a district. Internal to triage. */
#ifndef HL_CORE_TRIAGE_PARSE_ROW_H
#define HL_CORE_TRIAGE_PARSE_ROW_H

#include "base/error.h"
#include "core/triage/rules.h"
#include "core/triage/triage.h"

/* Whom bad lines are told to. */
struct triage_telling {
	triage_tell tell;
	void *arg;
	size_t count;
};

/* Where an error is. */
struct triage_parse_at {
	const char *file;
	int line;
	struct hl_reason *reason;
	struct triage_telling *telling; /* NULL: the first error ends it */
};

/* Tells, and fills the reason with file, line and the sentence; returns err. */
int triage_parse_fail(const struct triage_parse_at *at, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Adds a rule. The strings are the columns as written. */
int triage_parse_row(struct triage_rules *rules, const struct triage_parse_at *at, enum triage_category category,
	const char *stem, const char *key, const char *weight, const char *flags);

/* Sets something of the district that was begun last. */
int triage_parse_district(struct triage_rules *rules, const struct triage_parse_at *at, const char *name, const char *value);

#endif
