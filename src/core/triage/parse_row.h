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

/* Adds words of one field of meaning, set apart by commas. */
int triage_parse_words(struct triage_rules *rules, const struct triage_parse_at *at, size_t field, const char *key,
	const char *stems);

/* The index of a field; a new name is a new field. */
int triage_find_field(struct triage_rules *rules, const struct triage_parse_at *at, const char *name, size_t *index);

/* Helpers for rows of another kind. triage_own() keeps a string until the rules are freed. */
int triage_parse_int(const struct triage_parse_at *at, const char *what, const char *text, long min, long max, int *out);
int triage_parse_flags(const struct triage_parse_at *at, const char *text, uint32_t *flags);
bool triage_flag_from_name(const char *name, uint32_t *flags);
const char *triage_own(struct triage_rules *rules, char *s);

/* Sets something of the district that was begun last. */
int triage_parse_district(struct triage_rules *rules, const struct triage_parse_at *at, const char *name, const char *value);

#endif
