#include "core/outbound/outbox_state.h"

#include <assert.h>

/* A row's value is the next state and one, so that what is not named is ignored. */
#define TO(state) ((state) + 1)
#define REPEAT 100 /* queued again where a text is repeated, else unknown */

/* What comes late from the link that had the text is the truth, wherever the core had given up (unknown) or queued
 * the text again: `sent` and HELD end the wait for a repeat that is not needed. Queued where the body is gone
 * already means failed, or cancelled for an alert; outbox.c sees to that. */
static const signed char table[OUTBOX_STATES][OUTBOX_EVENTS] = {
	[OUTBOX_QUEUED] = {
		[OUTBOX_EV_LEASE] = TO(OUTBOX_LEASED),
		[OUTBOX_EV_HELD] = TO(OUTBOX_SUBMITTING),
		[OUTBOX_EV_SENT] = TO(OUTBOX_SENT),
		[OUTBOX_EV_FAILED_FINAL] = TO(OUTBOX_FAILED),
		[OUTBOX_EV_CANCEL] = TO(OUTBOX_CANCELLED),
		[OUTBOX_EV_REFUSE] = TO(OUTBOX_REFUSED),
	},
	[OUTBOX_LEASED] = {
		[OUTBOX_EV_TAKE_BACK] = TO(OUTBOX_QUEUED),
		[OUTBOX_EV_SUBMIT] = TO(OUTBOX_SUBMITTING),
		[OUTBOX_EV_HELD] = TO(OUTBOX_SUBMITTING),
		[OUTBOX_EV_SENT] = TO(OUTBOX_SENT),
		[OUTBOX_EV_FAILED] = TO(OUTBOX_QUEUED),
		[OUTBOX_EV_FAILED_FINAL] = TO(OUTBOX_FAILED),
		[OUTBOX_EV_RELEASED] = TO(OUTBOX_QUEUED),
		[OUTBOX_EV_UNKNOWN] = REPEAT,
	},
	[OUTBOX_SUBMITTING] = {
		[OUTBOX_EV_SUBMIT] = TO(OUTBOX_SUBMITTING),
		[OUTBOX_EV_HELD] = TO(OUTBOX_SUBMITTING),
		[OUTBOX_EV_SENT] = TO(OUTBOX_SENT),
		[OUTBOX_EV_FAILED] = TO(OUTBOX_QUEUED),
		[OUTBOX_EV_FAILED_FINAL] = TO(OUTBOX_FAILED),
		[OUTBOX_EV_RELEASED] = TO(OUTBOX_QUEUED),
		[OUTBOX_EV_UNKNOWN] = REPEAT,
	},
	[OUTBOX_SENT] = {
		[OUTBOX_EV_READ] = TO(OUTBOX_READ),
		[OUTBOX_EV_DELIVERED] = TO(OUTBOX_DELIVERED),
		[OUTBOX_EV_UNDELIVERED] = TO(OUTBOX_UNDELIVERED),
	},
	[OUTBOX_DELIVERED] = {
		[OUTBOX_EV_READ] = TO(OUTBOX_READ),
	},
	[OUTBOX_READ] = { 0 },
	[OUTBOX_UNDELIVERED] = {
		[OUTBOX_EV_DELIVERED] = TO(OUTBOX_DELIVERED),
	},
	[OUTBOX_FAILED] = { 0 },
	[OUTBOX_UNKNOWN] = {
		[OUTBOX_EV_HELD] = TO(OUTBOX_SUBMITTING),
		[OUTBOX_EV_SENT] = TO(OUTBOX_SENT),
		[OUTBOX_EV_FAILED] = TO(OUTBOX_QUEUED),
		[OUTBOX_EV_FAILED_FINAL] = TO(OUTBOX_FAILED),
		[OUTBOX_EV_RELEASED] = TO(OUTBOX_QUEUED),
	},
	[OUTBOX_CANCELLED] = { /* a former link may still be at it */
		[OUTBOX_EV_HELD] = TO(OUTBOX_SUBMITTING),
		[OUTBOX_EV_SENT] = TO(OUTBOX_SENT),
	},
	[OUTBOX_REFUSED] = { /* likewise: it was leased before */
		[OUTBOX_EV_HELD] = TO(OUTBOX_SUBMITTING),
		[OUTBOX_EV_SENT] = TO(OUTBOX_SENT),
	},
};

int outbox_next(enum outbox_state state, enum outbox_event event, bool repeat)
{
	int next;

	assert((unsigned)state < OUTBOX_STATES && (unsigned)event < OUTBOX_EVENTS);
	next = table[state][event];
	if (next == REPEAT)
		return repeat ? OUTBOX_QUEUED : OUTBOX_UNKNOWN;
	return next - 1;
}

bool outbox_is_over(enum outbox_state state)
{
	return state >= OUTBOX_SENT;
}

const char *outbox_event_name(enum outbox_event event)
{
	static const char *const names[OUTBOX_EVENTS] = {
		"lease", "take_back", "submit", "held", "sent",
		"failed", "failed_final", "released", "unknown", "delivered", "undelivered",
		"cancel", "refuse", "read",
	};

	return (unsigned)event < OUTBOX_EVENTS ? names[event] : "?";
}

const char *outbox_lane_name(enum outbox_lane lane)
{
	static const char *const names[LANE_COUNT] = { "alert", "dialogue", "campaign" };

	return (unsigned)lane < LANE_COUNT ? names[lane] : "?";
}

const char *outbox_channel_name(enum outbox_channel channel)
{
	static const char *const names[CHANNEL_COUNT] = { "sms", "mail", "webhook" };

	return (unsigned)channel < CHANNEL_COUNT ? names[channel] : "?";
}

const char *outbox_purpose_name(enum outbox_purpose purpose)
{
	static const char *const names[OUTBOX_PURPOSES] = { "alert", "officer", "receipt", "test", "question", "advice",
		"last_word", "warning", "loop", "missed", "campaign", "campaign_reply",
		"menu" };

	return (unsigned)purpose < OUTBOX_PURPOSES ? names[purpose] : "?";
}

const char *outbox_state_name(enum outbox_state state)
{
	static const char *const names[OUTBOX_STATES] = {
		"queued", "leased", "submitting", "sent", "delivered",
		"undelivered", "failed", "unknown", "cancelled", "refused", "read",
	};

	return (unsigned)state < OUTBOX_STATES ? names[state] : "?";
}
