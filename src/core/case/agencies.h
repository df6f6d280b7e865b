/* Agencies that a case can be referred to: read from etc/agencies.conf at start, with every error told. What each may be
 * told stands there, too: the system names no more to the officer who refers. */
#ifndef HL_CORE_CASE_AGENCIES_H
#define HL_CORE_CASE_AGENCIES_H

#include <jansson.h>
#include <stddef.h>

#include "core/case/case.h"

#define AGENCIES_MAX 32

/* What an agency may be told of a case: bits. */
enum agency_tell {
	AGENCY_CODE = 1, AGENCY_URGENCY = 2, AGENCY_EXPLOITATION = 4, AGENCY_CHILD = 8, AGENCY_DISTRICT = 16,
	AGENCY_KHOROO = 32, AGENCY_OPENED = 64, AGENCY_TEXTS = 128
};

struct agency {
	char name[32];      /* short, as people type it */
	char title[128], contact[128];
	char channel[16];   /* "phone", "sms", "email", "letter", "person" */
	unsigned tell;
};

struct agencies;
struct conf_errors;

/* path "" gives an empty list. NULL where errors were added. */
struct agencies *agencies_load(const char *path, struct conf_errors *errors);
void agencies_free(struct agencies *a);

const struct agency *agency_find(const struct agencies *a, const char *name); /* or NULL */
const struct agency *agency_at(const struct agencies *a, size_t i);           /* or NULL */

/* What may be told to it of this case, and nothing else: an object the caller owns. "texts": true where it may be told what
 * the texts say. */
json_t *agency_may_hear(const struct agency *agency, const struct case_row *row);

/* Name, title, contact, channel and the words of tell. The caller owns it. */
json_t *agency_json(const struct agency *agency);

#endif
