/* Is this person who they say? A password is checked in a thread, wrong ones are audited and make the next check of that
 * person by that user of the machine wait longer: whoever guesses from another account slows nobody down. A check waits;
 * it is never refused for what others tried, so nobody can lock the only duty officer out. */
#ifndef HL_CORE_PEOPLE_AUTH_H
#define HL_CORE_PEOPLE_AUTH_H

#include "core/core.h"
#include "core/people/pwhash.h"
#include "store/person.h"

#define AUTH_WAITING_MAX 16               /* checks under way */
#define AUTH_USER_MAX 8                   /* of them for one user of the machine, so that none keeps the others out */
#define AUTH_DELAY_MAX_MS 15000
#define AUTH_FORGET_MS (15 * 60 * 1000)   /* failures older than this count no more */

struct auth;

struct auth *auth_new(struct core *core);
/* Checks under way are done with HL_ESTATE. */
void auth_free(struct auth *a);

/* How long a check waits after so many failures in a row. */
int64_t auth_delay_ms(unsigned failures);

/* With err 0: the person and the secret key of their unit (NULL where they have none), good until this returns. A turn is open and
 * holds the audit row; a caller that gives a right waits for its commit. HL_EAUTH: no such person or wrong password, which are told
 * apart by nobody. HL_EFULL: no memory for Argon2id. HL_ECORRUPT: the person's row. HL_ESTATE: the program ends (no turn). */
typedef void (*auth_done)(void *arg, int err, const struct person_row *person, const uint8_t *unit_secret);

/* Starts a check for a user of the machine; done is called later, exactly once. action is the audit's word for it
 * ("login"; failures get ".failed"). The password is copied. HL_EBUSY where as many are under way as may be, HL_ECORRUPT,
 * HL_EIO: then done is not called. */
int auth_check(struct auth *a, uid_t uid, const char *action, const char *name, const char *password, auth_done done, void *arg);

/* What a person is told of an error of auth_check() or of pwhash. */
const char *auth_error_text(int err);

/* Costs of Argon2id by the configuration; the threads that pay them. */
const struct vault_cost *auth_cost(const struct auth *a);
struct pwhash *auth_pwhash(struct auth *a);

#endif
