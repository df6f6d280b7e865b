#include "core/triage/words.h"

#include <string.h>

bool words_k0_equals(const struct fold_token *token, const char *word)
{
	return token && token->kind == FOLD_WORD && strcmp(token->k0.s, word) == 0;
}

bool words_k0_is(const struct fold_token *token, const char *const *list)
{
	if (!token || token->kind != FOLD_WORD)
		return false;
	for (; *list; list++)
		if (token->k0.s[0] == (*list)[0] && strcmp(token->k0.s, *list) == 0)
			return true;
	return false;
}

bool words_k1_starts(const struct fold_token *token, const char *start)
{
	return token && token->kind == FOLD_WORD && strncmp(token->k1.s, start, strlen(start)) == 0;
}

bool words_k1_starts_any(const struct fold_token *token, const char *const *list)
{
	for (; *list; list++)
		if (words_k1_starts(token, *list))
			return true;
	return false;
}
