/* What became of texts, as the core is told of it: sent, failed or unknown is kept as well as told, because the core may end
 * before it has it on disk; a new connection hears the last ones again. It decides nothing: submission.c says what became of a
 * text. Numbers and words of a text are never here. */
#ifndef HL_MODEM_OUTCOME_H
#define HL_MODEM_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/link.h"

struct worker;

struct outcomes {
	struct wire_link_msg kept[WIRE_LINK_WINDOW]; /* the last ones, the oldest first */
	size_t count;
};

/* The network has all parts; sent->id is the text's. */
void outcome_sent(struct worker *w, const struct wire_sent *sent);
/* Not one part was taken. final: another attempt would fare no better. code: +CMS ERROR, 0 none. part counts from 1. */
void outcome_failed(struct worker *w, int64_t id, size_t part, bool final, int code, const char *why);
/* Nobody can say. */
void outcome_unknown(struct worker *w, int64_t id, size_t part, int code, const char *why);
/* It was not begun, and the core has it back: no outcome, so it is not kept. */
void outcome_released(struct worker *w, int64_t id);

/* It is sent again: what became of it before means nothing any more. */
void outcome_forget(struct worker *w, int64_t id);
void outcome_tell_again(struct worker *w);

#endif
