/* A request that is repeated because its answer was lost does nothing again: it is told what it was told the first time. The asker
 * gives it a token; the token and the answer are kept in the transaction that does it, for an hour. Only what succeeded is kept:
 * what was refused may be tried again with the same token. Never for who did not ask the first time: a token is one person's. */
#ifndef HL_CORE_CONTROL_ONCE_H
#define HL_CORE_CONTROL_ONCE_H

#include <jansson.h>
#include <stdbool.h>

#include "core/core.h"
#include "core/people/session.h"
#include "store/answered.h"

#define ONCE_TOKEN_MIN 16               /* octets: letters, digits, - and _ */
#define ONCE_TOKEN_MAX 64
#define ONCE_KEEP_MS (3600 * (int64_t)1000)

/* Whether a request of this name, which writes, heeds a token: not one that is about its own connection (login), that asks the network,
 * or that carries a password, of which no quickly made hash may lie about. */
bool once_heeds(const char *op);

/* What is known of the token of a request. */
struct once {
	bool on;                            /* it has one */
	uint8_t token[ANSWERED_HASH], request[ANSWERED_HASH];
};

enum once_verdict {
	ONCE_DO,      /* not done before, or it has no token: once_keep() the answer */
	ONCE_DONE,    /* *answer is what was told; the caller ends with json_decref() */
	ONCE_BAD,     /* no token at all */
	ONCE_OTHER    /* the token of another request of theirs */
};

/* Looks at a request of this session. */
enum once_verdict once_look(struct core *core, const struct session *session, const json_t *request, struct once *once, json_t **answer);

/* Keeps the answer in the open transaction. Nothing where once is off. */
void once_keep(struct core *core, const struct once *once, const json_t *answer);

/* What is too old goes, in the open transaction (core/retention/, and whenever something is kept). */
void once_forget(struct core *core);

#endif
