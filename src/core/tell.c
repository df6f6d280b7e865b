#include "core/tell.h"

#include <stdlib.h>

#include "base/mem.h"
#include "core/control.h"
#include "core/turn.h"

struct news {
	struct core *core;
	const char *event;
	json_t *body;
};

static void on_turn_end(void *arg, int err)
{
	struct news *n = arg;

	if (err || !n->core->control)
		json_decref(n->body);
	else
		control_event(n->core, n->event, n->body);
	free(n);
}

void tell_after_commit(struct core *core, const char *event, json_t *body)
{
	struct news *n;

	if (!core->control) {
		json_decref(body);
		return;
	}
	n = hl_calloc(1, sizeof(*n));
	*n = (struct news){ core, event, body };
	turn_reply(core->turn, on_turn_end, n);
}
