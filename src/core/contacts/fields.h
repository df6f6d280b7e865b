/* One line of a list of contacts: what its columns say, or what is wrong with them and how to mend it. Pure. Nothing it says quotes the line,
 * because a number may stand in any column. */
#ifndef HL_CORE_CONTACTS_FIELDS_H
#define HL_CORE_CONTACTS_FIELDS_H

#include <stdint.h>

#include "core/number.h"
#include "core/triage/triage.h"
#include "store/subscriber_import.h"

#define FIELDS_GROUP_NAMES_MOST 8 /* of one line */

/* As written; "" where there is nothing. */
struct fields_written { const char *number, *district, *language, *script, *groups, *source, *date; };

/* Spellings of districts that were looked up before: lists have few. */
#define FIELDS_PLACES 16
struct fields_place { char text[32], key[SUBSCRIBER_DISTRICT_SIZE]; };

struct fields_context {
	const struct triage_rules *rules;  /* whose districts count */
	const char *country;
	int64_t now_ms, consent_days;      /* 0: consent does not age */
	const char *source;                /* of the whole file; "" where each line must say */
	int64_t consent_ms;
	int language, script;              /* of lines that say none: -1: of what is known already, else Mongolian, Cyrillic */
	const char *groups;                /* all lines are in these too, "" none; with line feeds between */
	struct fields_place places[FIELDS_PLACES];
	unsigned place;                    /* the one that is replaced next */
};

struct fields { struct number number; int language, script; char district[SUBSCRIBER_DISTRICT_SIZE], groups[IMPORT_GROUPS_SIZE],
	source[SUBSCRIBER_SOURCE_SIZE], why[128]; int64_t consent_ms; };

/* NULL, or what is wrong; it may stand in out. */
const char *fields_read(struct fields_context *c, const struct fields_written *w, struct fields *out);

/* The parts of it, for requests that have but one. Each NULL, or what is wrong. */
const char *fields_date(const char *text, int64_t now_ms, int64_t consent_days, int64_t *ms);
const char *fields_source(const char *text, char out[SUBSCRIBER_SOURCE_SIZE]);
const char *fields_language(const char *text, int *language);
const char *fields_script(const char *text, int *script);
const char *fields_group(const char *text, size_t len, char out[SUBSCRIBER_GROUP_SIZE]);
/* In any spelling of the rules; the key of the district. */
const char *fields_district(const struct triage_rules *rules, const char *text, char out[SUBSCRIBER_DISTRICT_SIZE]);
/* Adds a name to a list with line feeds between, once: false where it does not fit. */
bool fields_group_add(char list[IMPORT_GROUPS_SIZE], const char *name);

const char *fields_language_name(int language); /* "mn", "en" */
const char *fields_script_name(int script);     /* "cyrl", "latn" */

#endif
