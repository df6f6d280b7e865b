/* Argon2id away from the event loop: two threads, so that at most two passwords are worked on at once (128 MiB each), and a bounded
 * queue before them. Results come back into the loop through an eventfd. The threads touch nothing but their job. */
#ifndef HL_CORE_PEOPLE_PWHASH_H
#define HL_CORE_PEOPLE_PWHASH_H

#include <event2/event.h>

#include "vault/people.h"

#define PWHASH_THREADS 2
#define PWHASH_JOBS_MAX 32

struct pwhash;

enum pwhash_op { PWHASH_OPEN, PWHASH_SEAL }; /* vault_person_open(), vault_person_seal() */

/* In sodium_malloc() memory. The caller fills all but next. */
struct pwhash_job {
	enum pwhash_op op;
	char password[VAULT_PASSWORD_MAX + 1];
	struct vault_cost cost;                /* of PWHASH_SEAL */
	uint8_t secret[VAULT_KEY];             /* result of PWHASH_OPEN, input of PWHASH_SEAL */
	uint8_t blob[VAULT_PERSON_BLOB];       /* the other way round */
	int err;                               /* HL_ESTATE: the program ends, nothing was done */
	void (*done)(struct pwhash_job *job);  /* in the event loop; takes the job over */
	void *arg;
	struct pwhash_job *next;
};

/* Freed, and thereby wiped, by pwhash_job_free(). */
struct pwhash_job *pwhash_job_new(void);
void pwhash_job_free(struct pwhash_job *job);

struct pwhash *pwhash_new(struct event_base *base);
/* Waits for what is being worked on (less than a second); every job left is done with HL_ESTATE. */
void pwhash_free(struct pwhash *p);

/* Takes the job over; HL_EBUSY where PWHASH_JOBS_MAX wait (then it stays the caller's). */
int pwhash_submit(struct pwhash *p, struct pwhash_job *job);

#endif
