/* A text on its way into the store: sealed so that only the owning unit's people, or the recovery key, open it. */
#ifndef HL_CORE_CASE_SEALING_H
#define HL_CORE_CASE_SEALING_H

#include "core/core.h"
#include "core/people/units.h"
#include "store/message.h"
#include "vault/vault.h"

struct sealing {
	uint8_t *body;
	size_t len;
	uint8_t wrap[VAULT_WRAP];
	char week[VAULT_WEEK];
};

/* Seals; an error is logged and sticks to the turn's transaction, so that nothing half-done is kept. Ends with
 * sealing_free(). */
int sealing_make(struct core *core, const struct vault_binding *b, const struct unit *unit, const char *text,
	size_t len, struct sealing *out);
/* The same under the key of another week than the present one: a text that is sealed again stays in its week, and ends with
 * it. */
int sealing_make_of(struct core *core, const struct vault_binding *b, const struct unit *unit, int64_t wall_ms,
	const char *text, size_t len, struct sealing *out);
void sealing_free(struct sealing *s);

/* As the store wants it; valid as long as s. */
struct sealed_text sealing_text(const struct sealing *s);

/* Opens a stored text with the unit's secret key. Returns the text, NUL-ended, to be wiped and freed with
 * sealing_wipe(), or NULL with the error of vault_text_open() in *err. */
char *sealing_open(struct core *core, const struct vault_binding *b, const uint8_t *secret, const struct sealed_text *text,
	int *err);
void sealing_wipe(char *text);

#endif
