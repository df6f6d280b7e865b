#include "core/campaign/recipient_state.h"

#include "core/outbound/outbox.h"

enum recipient_state recipient_state_of_text(int outbox_state)
{
	static const enum recipient_state states[OUTBOX_STATES] = {
		[OUTBOX_QUEUED] = RECIPIENT_QUEUED,
		[OUTBOX_LEASED] = RECIPIENT_QUEUED,
		[OUTBOX_SUBMITTING] = RECIPIENT_QUEUED,
		[OUTBOX_SENT] = RECIPIENT_SENT,
		[OUTBOX_DELIVERED] = RECIPIENT_DELIVERED,
		[OUTBOX_UNDELIVERED] = RECIPIENT_UNDELIVERED,
		[OUTBOX_FAILED] = RECIPIENT_FAILED,
		[OUTBOX_UNKNOWN] = RECIPIENT_UNKNOWN,
		[OUTBOX_CANCELLED] = RECIPIENT_SKIPPED,
		[OUTBOX_REFUSED] = RECIPIENT_SKIPPED,
		[OUTBOX_READ] = RECIPIENT_DELIVERED,
	};

	return (unsigned)outbox_state < OUTBOX_STATES ? states[outbox_state] : RECIPIENT_STATES;
}

enum recipient_state recipient_state_counted(int state)
{
	return state == RECIPIENT_WITHHELD ? RECIPIENT_FAILED : (enum recipient_state)state;
}

const char *recipient_state_name(enum recipient_state state)
{
	static const char *const names[RECIPIENT_STATES] = {
		"waiting", "skipped", "queued", "sent", "failed", "unknown", "delivered", "undelivered", "failed",
	};

	return (unsigned)state < RECIPIENT_STATES ? names[state] : "?";
}
