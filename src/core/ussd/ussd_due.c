#include "core/ussd/ussd_due.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/turn.h"

#define RUN_MOST 50          /* dropped in one turn */
#define TIDY_MS (60 * 60 * INT64_C(1000))
#define COUNT_EVERY_MS 1000
#define AGAIN_MS 1000        /* after an aborted turn */

static void arm(struct ussd_room *r, int64_t least_ms)
{
	int64_t wait_ms = r->due_boot_ms - hl_boot_ms(r->core->clock);
	struct timeval tv;

	wait_ms = wait_ms < least_ms ? least_ms : wait_ms;
	tv = (struct timeval){ .tv_sec = (time_t)(wait_ms / 1000), .tv_usec = (suseconds_t)(wait_ms % 1000 * 1000) };
	event_add(r->timer, &tv);
}

void ussd_due_soon(struct ussd_room *r, int64_t due_boot_ms)
{
	if (due_boot_ms >= r->due_boot_ms)
		return;
	r->due_boot_ms = due_boot_ms;
	arm(r, 0);
}

bool ussd_due_get(struct core *core, int64_t id, struct ussd_row *row)
{
	return id && store_ussd_get_id(core->store, id, row);
}

int64_t ussd_due_count_open(struct core *core)
{
	struct ussd_room *r = core->ussd;
	int64_t now = hl_boot_ms(core->clock);

	if (!r->counted_boot_ms || now - r->counted_boot_ms >= COUNT_EVERY_MS) {
		r->open = store_ussd_count_open(core->store);
		r->counted_boot_ms = now;
	}
	return r->open++; /* each that is asked about is about to begin */
}

static void tidy(struct ussd_room *r, int64_t now)
{
	if (now < r->tidy_boot_ms)
		return;
	store_ussd_forget(r->core->store, hl_wall_ms(r->core->clock) - USSD_KEEP_MS);
	store_ussd_menu_forget(r->core->store, r->core->menu ? r->core->menu->version : "");
	r->tidy_boot_ms = now + TIDY_MS;
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct ussd_room *r = arg;
	struct core *core = r->core;
	struct ussd_session *s = hl_calloc(1, sizeof(*s));
	int64_t now = hl_boot_ms(core->clock), next;

	(void)fd;
	(void)what;
	turn_begin(core->turn);
	for (int i = 0; i < RUN_MOST && store_ussd_due(core->store, now, &s->row); i++) {
		ussd_drop(core, s);
		memset(s, 0, sizeof(*s));
	}
	free(s);
	tidy(r, now);
	next = store_ussd_next_due(core->store);
	r->due_boot_ms = next < r->tidy_boot_ms ? next : r->tidy_boot_ms;
	arm(r, 0);
}

/* What was dropped is open again on disk. */
static void after_abort(struct core *core, int err)
{
	(void)err;
	core->ussd->due_boot_ms = 0;
	core->ussd->last_id = store_ussd_last_id(core->store);
	arm(core->ussd, AGAIN_MS);
}

static const struct turn_hooks hooks = { NULL, NULL, after_abort };

struct ussd_room *ussd_room_new(struct core *core)
{
	struct ussd_room *r = hl_calloc(1, sizeof(*r));

	r->core = core;
	core->ussd = r;
	r->last_id = store_ussd_last_id(core->store);
	r->timer = evtimer_new(core->base, on_timer, r);
	if (!r->timer)
		hl_fatal(EX_OSERR, "making a timer failed");
	turn_add_hooks(core->turn, &hooks);
	if (!core->same_boot) {
		turn_begin(core->turn);
		store_ussd_new_boot(core->store);
	}
	arm(r, 0); /* due_boot_ms is 0: it looks at once */
	return r;
}

void ussd_room_free(struct ussd_room *r)
{
	if (!r)
		return;
	ussd_menus_free(r);
	event_free(r->timer);
	free(r);
}
