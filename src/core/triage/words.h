/* Small questions about one word of a folded text, asked by the finders of ages and districts. A NULL token or one that is no
 * word is never anything. Internal to triage. */
#ifndef HL_CORE_TRIAGE_WORDS_H
#define HL_CORE_TRIAGE_WORDS_H

#include <stdbool.h>

#include "text/fold.h"

bool words_k0_equals(const struct fold_token *token, const char *word);
/* list ends in NULL. */
bool words_k0_is(const struct fold_token *token, const char *const *list);
bool words_k1_starts(const struct fold_token *token, const char *start);
bool words_k1_starts_any(const struct fold_token *token, const char *const *list);

#endif
