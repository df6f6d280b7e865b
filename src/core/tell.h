/* What watchers are told of a turn's changes: after its commit, or not at all. */
#ifndef HL_CORE_TELL_H
#define HL_CORE_TELL_H

#include <jansson.h>

#include "core/core.h"

/* control_event() once the turn is on disk; body is taken over. event is a literal. */
void tell_after_commit(struct core *core, const char *event, json_t *body);

#endif
