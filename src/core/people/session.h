/* Who is asking: a control connection becomes a person's session by password; it ends with the connection or after idle minutes. The
 * session holds the unit's secret key in locked memory, so that texts of that unit's cases can be opened, and nothing else does. */
#ifndef HL_CORE_PEOPLE_SESSION_H
#define HL_CORE_PEOPLE_SESSION_H

#include <jansson.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/core.h"

struct sessions;
struct session; /* one control connection */

enum person_role { PERSON_NONE, PERSON_OFFICER, PERSON_COORDINATOR, PERSON_AUDITOR, PERSON_OUTREACH }; /* PERSON_NONE: not logged in */

struct auth;

struct sessions *sessions_new(struct core *core);
void sessions_free(struct sessions *s);

/* The room's check of passwords (core/people/auth.h). */
struct auth *sessions_auth(const struct sessions *s);

/* A connection of this user of the machine opened and closed (control.c). */
struct session *session_new(struct core *core, uid_t uid);
void session_free(struct session *s);

/* Where it is this person's, it is nobody's from now on (control.c). */
void session_end_of(struct session *s, const char *name);

/* The person did something: the idle minutes begin anew (control.c, with each request). */
void session_touch(struct session *s);

/* A login of this connection is under way (core/control/control_login.c), until session_login_end(); false where one was already. */
bool session_login_begin(struct session *s);
void session_login_end(struct session *s);
/* It is this person's from now on: the login is in the audit trail. Takes over unit_secret, sodium_malloc() memory or NULL. */
struct person_row;
void session_begin(struct session *s, const struct person_row *person, uint8_t *unit_secret);
/* It is nobody's. */
void session_end(struct session *s);

uid_t session_uid(const struct session *s);
/* Nobody in particular: not logged in, and by another user than root and our own, who can read the database file anyhow. */
bool session_is_stranger(const struct session *s);
enum person_role session_role(const struct session *s);
const char *session_name(const struct session *s);      /* "" where nobody */
int64_t session_unit(const struct session *s);          /* 0 where none */
const uint8_t *session_unit_secret(const struct session *s); /* NULL where none; never copied */

#endif
