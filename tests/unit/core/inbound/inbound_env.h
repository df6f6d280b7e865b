/* A core from intake to outbox for tests: a real database, real keys, real rules and wording, a clock that only the
 * test turns. What intake says to the alerts and to the watchers is recorded instead of done. */
#ifndef HL_TESTS_INBOUND_ENV_H
#define HL_TESTS_INBOUND_ENV_H

#include <jansson.h>

#include "core/config/config.h"
#include "core/core.h"
#include "scratch.h"
#include "store/case.h"
#include "store/message.h"
#include "vault/vault.h"
#include "wire/link.h"

#define ENV_CALLS_MAX 64

struct env_call { char what[16]; struct case_row row; }; /* "raise", "more" */

struct env {
	struct scratch scratch;
	struct config config;
	struct core core;
	struct hl_clock clock;
	int64_t wall_ms, boot_ms;
	uint8_t recovery_public[VAULT_KEY], recovery_secret[VAULT_KEY];
	unsigned pdu; /* of the next message: each is another, unless a test sets it back */
	struct env_call calls[ENV_CALLS_MAX];
	size_t call_count;
	size_t events, warnings;
	const char *command_from; /* alert_command() takes whatever comes from here */
	const char *poison_from;  /* the transaction fails with whatever comes from here */
};

int env_setup(void **state);
int env_teardown(void **state);

/* Ends the core and builds it anew on the same files, as after a restart, or after a reboot of the machine. */
void env_restart(struct env *e, bool same_boot);

/* One text from a link, committed. */
void env_text(struct env *e, const char *from, const char *text);
/* The same without the commit. */
void env_text_open(struct env *e, const char *from, const char *text);
void env_inbound(struct env *e, const struct wire_inbound *msg);

struct env_part { const char *from; int64_t width, ref, total, seq; const char *text; };
void env_part(struct env *e, const struct env_part *part);

/* The case of the newest message, or of none if there is no message. */
int64_t env_last_case(struct env *e);
/* The n-th message of the case, from 0: its row and its opened text ("" where there is none such). */
struct env_message { struct message_row row; char text[8192]; char body[16384]; };
bool env_message(struct env *e, int64_t case_id, size_t n, struct env_message *m);

/* How many rows a query counts. */
int64_t env_count(struct env *e, const char *sql);

#endif
