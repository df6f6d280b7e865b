#include "core/inbound/loop.h"

#include <string.h>

#include "text/fold.h"
#include "vault/vault.h"

#define LETTERS_MAX 400 /* octets of keys: what is the same so far is the same */

int64_t loop_decide(const struct loop_facts *f)
{
	if (!f->same)
		return 0;
	return f->answered ? f->count + 1 : f->count;
}

bool loop_hash(const struct core *core, const char *text, size_t len, uint8_t hash[CONTACT_LOOP_HASH])
{
	char letters[8 + LETTERS_MAX] = "loop:";
	uint8_t full[VAULT_HASH];
	size_t at = strlen(letters);
	struct fold_text folded;

	fold_text_open(&folded, text, len);
	for (size_t i = 0; i < folded.word_count; i++) {
		const struct fold_token *t = &folded.tokens[folded.words[i]];
		if (at + t->k1.len + 2 > sizeof(letters))
			break;
		memcpy(letters + at, t->k1.s, t->k1.len);
		at += t->k1.len;
		letters[at++] = ' ';
	}
	letters[at] = '\0';
	fold_text_close(&folded);
	vault_alias(core->vault, letters, full);
	memcpy(hash, full, CONTACT_LOOP_HASH);
	explicit_bzero(letters, sizeof(letters));
	return at > strlen("loop:");
}
