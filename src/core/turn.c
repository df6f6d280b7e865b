#include "core/turn.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/counters.h"
#include "store/store.h"
#include "vault/vault.h"

struct reply {
	void (*done)(void *arg, int err);
	void *arg;
};

struct replies {
	struct reply *list;
	size_t count, room;
};

struct turn {
	struct core *core;
	const struct turn_hooks *hooks[TURN_HOOKS_MAX];
	size_t hook_count;
	struct replies replies, spare; /* spare keeps the array of the turn before, so that a turn allocates nothing */
	struct event *idle;            /* lowest priority: runs when no other event is ready */
	struct event *full;            /* highest priority: runs next, because the turn reached a bound */
	int64_t began_ms;
	size_t changes;
	bool open, ending;
	bool failing;                  /* the last turn was aborted; said once, not every turn */
};

static void on_end(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	turn_end(arg);
}

static struct event *turn_event(struct turn *t, int priority)
{
	struct event *ev = event_new(t->core->base, -1, 0, on_end, t);

	if (!ev || event_priority_set(ev, priority))
		hl_fatal(70, "the event loop has no priorities: event_base_priority_init() must come first");
	return ev;
}

struct turn *turn_new(struct core *core)
{
	struct turn *t = hl_calloc(1, sizeof(*t));

	t->core = core;
	t->idle = turn_event(t, TURN_PRIORITY_IDLE);
	t->full = turn_event(t, TURN_PRIORITY_FULL);
	return t;
}

void turn_free(struct turn *t)
{
	if (!t)
		return;
	turn_end(t);
	event_free(t->idle);
	event_free(t->full);
	free(t->replies.list);
	free(t->spare.list);
	free(t);
}

void turn_add_hooks(struct turn *t, const struct turn_hooks *hooks)
{
	assert(t->hook_count < TURN_HOOKS_MAX);
	t->hooks[t->hook_count++] = hooks;
}

void turn_begin(struct turn *t)
{
	int64_t now_ms = hl_boot_ms(t->core->clock);

	if (!t->open) {
		store_begin(t->core->store);
		t->open = true;
		t->began_ms = now_ms;
		t->changes = 0;
		event_active(t->idle, 0, 0);
	}
	/* Once over a bound, the end comes before the next ready event: a higher priority preempts the queue. */
	if (++t->changes == TURN_CHANGES_MAX || now_ms - t->began_ms >= TURN_MS_MAX)
		event_active(t->full, 0, 0);
}

void turn_reply(struct turn *t, void (*done)(void *arg, int err), void *arg)
{
	struct replies *r = &t->replies;

	assert(t->open);
	if (r->count == r->room) {
		r->room = r->room ? r->room * 2 : TURN_CHANGES_MAX;
		r->list = hl_realloc_array(r->list, r->room, sizeof(*r->list));
	}
	r->list[r->count++] = (struct reply){ done, arg };
}

static void turn_say(struct turn *t, int err)
{
	if (err && !t->failing)
		hl_log(HL_LOG_ERR, "turn", "aborted why=\"%s\" what=\"nothing of it is stored; links keep their messages and "
			"offer them again\"", hl_strerror(err));
	else if (!err && t->failing)
		hl_log(HL_LOG_NOTICE, "turn", "resumed");
	t->failing = err != 0;
}

/* Takes the answers of the turn that ends: what follows may begin another one, whose answers go to another array. */
static struct replies replies_take(struct turn *t)
{
	struct replies r = t->replies;

	t->replies = t->spare;
	t->spare = (struct replies){ NULL, 0, 0 };
	return r;
}

static void replies_give(struct turn *t, struct replies *r, int err)
{
	for (size_t i = 0; i < r->count; i++)
		r->list[i].done(r->list[i].arg, err);
	r->count = 0;
	if (t->spare.list)
		free(r->list);
	else
		t->spare = *r;
}

int turn_end(struct turn *t)
{
	struct replies replies;
	int err;

	if (!t->open)
		return 0;
	assert(!t->ending);
	t->ending = true;
	for (size_t i = 0; i < t->hook_count; i++)
		if (t->hooks[i]->before_commit)
			t->hooks[i]->before_commit(t->core);
	counters_write(t->core);
	err = store_commit(t->core->store);
	if (t->core->vault)
		vault_turn_over(t->core->vault);
	replies = replies_take(t);
	t->open = t->ending = false;
	event_del(t->idle);
	event_del(t->full);
	counters_settle(t->core, err);
	turn_say(t, err);
	for (size_t i = 0; i < t->hook_count; i++) {
		if (err == 0 && t->hooks[i]->after_commit)
			t->hooks[i]->after_commit(t->core);
		else if (err && t->hooks[i]->after_abort)
			t->hooks[i]->after_abort(t->core, err);
	}
	replies_give(t, &replies, err);
	store_tidy(t->core->store, t->changes >= TURN_CHANGES_BUSY); /* nothing where an answer began another turn */
	return err;
}
