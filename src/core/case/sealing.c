#include "core/case/sealing.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "store/store.h"

int sealing_make(struct core *core, const struct vault_binding *b, const struct unit *unit, const char *text,
	size_t len, struct sealing *out)
{
	return sealing_make_of(core, b, unit, hl_wall_ms(core->clock), text, len, out);
}

int sealing_make_of(struct core *core, const struct vault_binding *b, const struct unit *unit, int64_t wall_ms,
	const char *text, size_t len, struct sealing *out)
{
	struct hl_reason why = { "" };
	int err;

	out->body = hl_calloc(len + VAULT_AEAD_EXTRA, 1);
	out->len = len + VAULT_AEAD_EXTRA;
	err = vault_text_seal(core->vault, b, unit->public_key, unit_recovery_public(core->units),
		wall_ms, text, len, out->body, out->wrap, out->week, &why);
	if (err) {
		hl_log(HL_LOG_ERR, "sealing", "failed table=%s why=\"%s\"", b->table, why.text);
		store_fail(core->store, err);
	}
	return err;
}

void sealing_free(struct sealing *s)
{
	free(s->body);
	s->body = NULL;
}

struct sealed_text sealing_text(const struct sealing *s)
{
	return (struct sealed_text){ s->body, s->wrap, s->len, sizeof(s->wrap), s->week };
}

char *sealing_open(struct core *core, const struct vault_binding *b, const uint8_t *secret, const struct sealed_text *text,
	int *err)
{
	char *out;

	if (text->body_len < VAULT_AEAD_EXTRA || text->wrap_len != VAULT_WRAP || !text->week) {
		*err = HL_ECORRUPT;
		return NULL;
	}
	out = hl_calloc(text->body_len + 1, 1);
	*err = vault_text_open(core->vault, b, secret, false, text->body, text->body_len, text->wrap,
		text->week, out, text->body_len + 1);
	if (*err == 0)
		return out;
	free(out);
	return NULL;
}

void sealing_wipe(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}
