/* What a person of the hotline may be called and be. Pure. */
#ifndef HL_CORE_PEOPLE_PERSON_H
#define HL_CORE_PEOPLE_PERSON_H

#include <stdbool.h>

#include "core/people/session.h"

#define PERSON_NAME_MIN 2  /* characters */
#define PERSON_NAME_MAX 40

/* A row of the table of roles; unit is "" where texts are not for them. */
struct person_role_row { const char *name; enum person_role role; const char *unit; };

/* The unit of a new person: the role's own where `asked` is NULL or "", or IND, whose people have either role. NULL where
 * the role has no such unit. */
const char *person_unit_for(const struct person_role_row *role, const char *asked);

/* NULL where there is no such role. */
const struct person_role_row *person_role_find(const char *name);
enum person_role person_role_of(const char *name);

/* Letters of one script (a-z A-Z, or Cyrillic), digits, and . - _ after the first letter; 2 to 40 characters and less than
 * PERSON_NAME_SIZE octets. One script, because a name that only looks like another's would fool the reader of the audit trail. */
bool person_name_ok(const char *name);

/* Whether the audit trail calls somebody else so: the core, the recovery key, whoever has no name. */
bool person_name_is_taken(const char *name);
/* Whether a reader could take one for the other: the same letters, large or small, or look-alikes of the other script. */
bool person_names_look_alike(const char *a, const char *b);

#endif
