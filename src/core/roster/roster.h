/* The roster: who is told, in which order. Read from etc/roster.conf; pure once loaded. Its numbers leave it only
 * into the outbox, sealed; no error or log names one. */
#ifndef HL_CORE_ROSTER_ROSTER_H
#define HL_CORE_ROSTER_ROSTER_H

#include <stddef.h>

#include "base/error.h"
#include "core/number.h"
#include "core/roster/schedule.h"

#define ROSTER_MAX 64
#define ROSTER_UNIT_SIZE 16
#define ROSTER_ADDRESS_MAX 256 /* octets of a mail address or a URL */

enum roster_role { ROSTER_OFFICER, ROSTER_COORDINATOR, ROSTER_OPERATOR };
#define ROSTER_ROLES (ROSTER_OPERATOR + 1)

struct roster_person {
	char name[64];            /* shown to people; not a number */
	enum roster_role role;
	char unit[ROSTER_UNIT_SIZE]; /* whose cases they are told of; "" for an operator */
	struct number number;
	char language[8];         /* "mn", "mn-latn" or "en" */
	char mail[ROSTER_ADDRESS_MAX + 1], webhook[ROSTER_ADDRESS_MAX + 1]; /* or "" */
	int64_t quiet_from_min, quiet_to_min; /* of the local day, also across midnight: not woken for normal and low urgency; equal: never */
};

/* Said where nobody is of the unit that gets conflicts of interest. */
#define ROSTER_NOBODY_APART "nobody of the roster gets conflicts of interest (unit = \"IND\"): their alerts ring the " \
	"coordinators, and nobody can read them"
/* Said where nobody is rung, or no officer is. */
#define ROSTER_EMPTY "the roster is empty: alerts reach nobody"
#define ROSTER_NO_OFFICER "the roster has no duty officer: alerts reach coordinators only"

struct roster;

struct conf_errors;

/* Reads the file; every error is collected with file and line (conf/conf.h): NULL then. That nobody is on duty is no
 * error: the status says so. */
struct roster *roster_load(const char *path, const char *country, struct conf_errors *errors);
/* The same of a text in memory; name stands in the errors where the file's would. */
struct roster *roster_load_text(const char *name, const char *text, size_t len, const char *country, struct conf_errors *errors);
void roster_free(struct roster *r);

/* What the file was when it was read, to find that it has changed; all 0 for a text. */
struct roster_stamp { int64_t device, inode, size, mtime_ns; };
struct roster_stamp roster_stamp(const struct roster *r);
/* What it is now; false where there is none. */
bool roster_stamp_of(const char *path, struct roster_stamp *stamp);

size_t roster_count(const struct roster *r);
const struct roster_person *roster_person(const struct roster *r, size_t i);      /* in the file's order */
size_t roster_place(const struct roster *r, const struct roster_person *p);        /* the i of roster_person() */
const struct roster_person *roster_find_number(const struct roster *r, const struct number *n); /* or NULL */
const struct roster_person *roster_find_name(const struct roster *r, const char *name);         /* or NULL */
size_t roster_count_role(const struct roster *r, enum roster_role role);
/* Whether anybody who can be alerted is of the unit. */
bool roster_has_unit(const struct roster *r, const char *unit);
/* Those of one role and unit. */
size_t roster_count_unit(const struct roster *r, enum roster_role role, const char *unit);
const char *roster_role_name(enum roster_role role);
/* How long the person is still quiet at this wall time; 0: they may be woken. */
int64_t roster_quiet_left_ms(const struct roster_person *p, int64_t wall_ms);
/* When who is on duty. */
const struct schedule *roster_schedule(const struct roster *r);
/* Puts these behind the overrides of the file, in the place of the ones put before; false where they are too many: none are put. */
bool roster_put_overrides(struct roster *r, const struct schedule_override *list, size_t count);

/* Puts the people, rotations and overrides that `from` has of this unit in the place of what r has of it; r has none put yet. False where
 * they do not fit, or one of r has a name or a number of theirs: r is of no use then. */
bool roster_take_unit(struct roster *r, const struct roster *from, const char *unit);

#endif
