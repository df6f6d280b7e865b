/* What the files of the campaigns' room share; no other file includes it. */
#ifndef HL_CORE_CAMPAIGN_CAMPAIGN_INSIDE_H
#define HL_CORE_CAMPAIGN_CAMPAIGN_INSIDE_H

#include "core/campaign/campaign.h"
#include "core/campaign/campaign_policy.h"
#include "core/campaign/campaign_state.h"
#include "core/campaign/recipient_state.h"
#include "core/campaign/template.h"
#include "core/config/config.h"
#include "core/outbound/outbound_hooks.h"
#include "store/subscriber.h"

#define DEFS_MAX 8              /* definitions in memory */
#define CLOCKS_MAY_CHANGE_MS 600000 /* what is due by wall time is looked at again after so long */
#define SPEED_SLOTS 10          /* minutes of which the rate is told */

/* A scheduled, running or paused campaign, as it is with the open turn. Memory of its row, and what is not worth a row. */
struct live {
	struct campaign_row row;
	int64_t queued, waiting;               /* recipients in these states */
	struct campaign_pace pace;
	char operators[OPERATORS_MAX + 1][CAMPAIGN_OPERATOR_SIZE]; /* that somebody who waits has */
	int64_t after[OPERATORS_MAX + 1];      /* of each, those up to this subscriber were looked at in this pass */
	size_t operator_count;
	int64_t again_ms;                      /* boot time: who was passed over, outside their own hours, is looked at again; 0: nobody was */
};

struct planning;

struct campaigns {
	struct core *core;
	struct live live[CAMPAIGNS_LIVE_MAX];
	size_t live_count;
	size_t looked;                         /* recipients, in this turn */
	size_t turn;                           /* whose turn it is to queue first */
	bool stale;                            /* memory is behind the disk */
	bool due;                              /* somebody may be queued, or a state may change */
	bool emergency, links, credit;         /* as they were when it was looked last */
	struct campaign_pace operator_pace[OPERATORS_MAX];
	struct event *timer;
	int64_t wake_ms;                       /* boot time, INT64_MAX: nothing to wait for */
	struct { int64_t id; struct campaign_def *def; } defs[DEFS_MAX];
	size_t def_next;
	struct { int64_t minute, sent; } speed[SPEED_SLOTS]; /* texts of all campaigns, by minute of the boot */
	struct planning *planning;
};

/* ---- campaign.c */
/* The live campaign; NULL where it is not scheduled, running or paused. */
struct live *campaign_live(struct campaigns *c, int64_t id);
/* Something changed that the next end of a turn shall look at. In a turn. */
void campaign_touch(struct campaigns *c);
/* A row of the table changed on disk by a request: memory reads it again. In a turn. */
void campaign_changed(struct core *core, int64_t id);
void campaign_wake_at(struct campaigns *c, int64_t boot_ms);
void campaign_forget_def(struct campaigns *c, int64_t id);

/* ---- campaign_life.c */
/* Enters the next state of the row, if the event has one: writes it, logs and tells it; texts that shall not leave any more are taken
 * back. False where the event may not be. In a turn. */
bool campaign_enter(struct core *core, struct campaign_row *row, enum campaign_event event, const char *why);
/* Starts it: from now on its times run. */
bool campaign_begin(struct core *core, struct campaign_row *row, const char *why);

/* ---- campaign_feed.c */
void campaign_feed(struct campaigns *c);
/* Weekday (0 Monday) and minute of the local day. */
void campaign_local_time(const struct core *core, int *weekday, int *minute);
/* Whether the house and the campaign are open; else minutes to wait. */
bool campaign_is_open(const struct core *core, const struct campaign_def *def, int *wait_min);
/* Of a text of so many parts to a number of this operator. */
int64_t campaign_cost(const struct core *core, const char *operator_name, int64_t parts);
int campaign_operator(const struct core *core, const char *name);

/* ---- campaign_recipient.c */
/* Moves a recipient, and every count with them. In a turn. */
void campaign_recipient_move(struct core *core, struct campaign_recipient_row *r, enum recipient_state state, const char *why);
/* Hooks of outbound_hooks.h. A text of a campaign is about to leave: whether it still may (consent, case, safe-contact state, its
 * campaign's state, hours, expiry). A row of the outbox entered a state: its recipient follows, in the same transaction. */
struct safety_verdict campaign_gate(struct core *core, const struct outbox_row *row);
void campaign_outbox_changed(struct core *core, const struct outbox_row *row, enum outbox_state state);
/* The language in which a subscriber is texted. */
enum wording_language campaign_language(const struct subscriber_row *s);

#endif
