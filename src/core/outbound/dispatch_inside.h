/* What the files of the dispatcher share; no other file includes it. */
#ifndef HL_CORE_OUTBOUND_DISPATCH_INSIDE_H
#define HL_CORE_OUTBOUND_DISPATCH_INSIDE_H

#include "base/seldom.h"
#include "core/config/config.h"
#include "core/outbound/carried.h"
#include "core/outbound/dispatch.h"
#include "core/outbound/outbox_row.h"
#include "core/outbound/sim_use.h"

#define NOTIFY_CHANNELS (CHANNEL_COUNT - 1) /* all but texts */
#define SLOTS_MAX (CONFIG_MODEMS_MAX * WIRE_LINK_WINDOW + NOTIFY_CHANNELS * WIRE_NOTIFY_WINDOW)
#define LINKS_MAX (CONFIG_MODEMS_MAX + NOTIFY_CHANNELS) /* as lane_choose() sees them */
#define TOLD_LINK_MAX 32        /* things told by one link and not yet on disk */
#define LOST_WAIT_MS 150000     /* how long a link that went may come back and tell; AT+CMGS itself ends after 120 s */
#define HEDGE_MS 30000          /* an alert does not wait longer for a modem that says nothing while another is there */
#define PATIENCE_MS 5000        /* how long dialogue waits for the modem its texter knows while that one is busy */
#define RETRY_TOLD_MS 1000      /* after an aborted turn, what links told is written again */

/* A text that a link has: leased or submitting (or foreign). Memory of the rows in these states. */
struct slot {
	int64_t id;
	enum outbox_lane lane;
	enum outbox_channel channel;
	bool submitting;
	bool fresh;          /* leased in this turn: handed over after its commit */
	bool discreet;       /* the gate let only its discreet form out */
	bool told_off;       /* its modem was waited for long enough */
	bool slow;           /* its link gave others back because of it: it gets none while it is at this one */
	bool foreign;        /* the link is at it, but another has the text since: it only fills the window */
	int64_t begun_ms;    /* boot time at which it began to submit */
	int64_t lost_ms;     /* boot time at which its link went while it was submitting, 0: it did not */
	char link[WIRE_NAME_MAX + 1];
};

struct slots {
	struct slot list[SLOTS_MAX];
	size_t count;
};

enum told_kind { TOLD_RESTART, TOLD_HELLO, TOLD_DOWN, TOLD_SUBMITTING, TOLD_SENT, TOLD_FAILED, TOLD_UNKNOWN,
	TOLD_RELEASED,
	TOLD_NOT_HANDED, TOLD_UNREADABLE, TOLD_KINDS };

/* What a link told (or what the core found), kept until it is committed, so that an aborted turn loses nothing of
 * it: nobody tells it twice. */
struct told {
	enum told_kind kind;
	char link[WIRE_NAME_MAX + 1];
	int64_t id;
	union {
		struct { int64_t ids[WIRE_HOLDING_MAX]; size_t count; } holding;
		struct wire_sent sent;
		struct wire_failed failed;
	} u;
};

/* What a SIM has sent, as it was read last. */
struct sim_seen {
	char imsi[17];
	int64_t hour; /* sim_use_hour() of then */
	struct sim_use use;
};

struct dispatch {
	struct core *core;
	struct slots now, sure;   /* with the open turn, and without it */
	struct told *told;        /* not yet on disk, in order */
	size_t told_count, told_room;
	size_t told_applied;      /* of them, in the open turn */
	struct sim_seen sims[CONFIG_MODEMS_MAX];
	size_t sim_count;
	int64_t leases[LINKS_MAX]; /* texts given to each link since the start, so that equal ones take turns */
	int64_t rested_ms[LINKS_MAX]; /* boot time from which a SIM may send the next text of a campaign */
	bool campaigns_open;      /* texts of campaigns may leave at all, as of this turn */
	struct event *timer;      /* the next not_before, the end of patience, of the wait for a lost link, or a retry */
	struct hl_seldom not_its_text, forgotten;
	struct carried carried[CHANNEL_COUNT];
	int64_t wake_ms;          /* boot time, INT64_MAX: nothing to wait for */
};

/* The slot of a text at this link, NULL where there is none. */
struct slot *slot_find(struct dispatch *d, const char *link, int64_t id);
/* NULL where all are taken, which takes more links than can be configured. */
struct slot *slot_add(struct dispatch *d, const char *link, int64_t id, enum outbox_lane lane, enum outbox_channel channel);
void slot_drop(struct dispatch *d, const struct slot *slot);
/* Of the SIM behind the link, as it last told; "" where it did not. */
const char *dispatch_imsi_of(struct core *core, const char *link);

/* Adds the hooks by which links tell. */
void dispatch_listen(struct core *core);

/* Gives waiting texts to links that have room. */
void dispatch_lease(struct dispatch *d);

/* Applies what was told and is not in the open turn yet. */
void dispatch_replay(struct dispatch *d);
/* Keeps and applies one thing told. */
void dispatch_tell(struct dispatch *d, const struct told *t);
/* Texts whose link went while it was submitting them and did not come back in time are unknown; an alert whose modem says nothing
 * for HEDGE_MS goes to another as well. */
void dispatch_expire(struct dispatch *d);
/* Returns the new state, or OUTBOX_IGNORE. Only the link that has the text, or had it last, can speak of it. */
int dispatch_text_event(struct dispatch *d, const char *link, int64_t id, enum outbox_event event,
	const struct outbox_detail *detail);

/* The timer shall fire at this boot time at the latest. */
void dispatch_wake_at(struct dispatch *d, int64_t boot_ms);

#endif
