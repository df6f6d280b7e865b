/* Which link takes the next text of a lane: the order of the lanes, reserved modems, the SIM the texter knows, the operator of
 * the number, what a SIM may still send, the least loaded. Pure. */
#ifndef HL_CORE_OUTBOUND_LANE_H
#define HL_CORE_OUTBOUND_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/outbound/outbox.h"

struct lane_link {
	const char *name;
	const char *operator_name; /* of its SIM; "" where nobody knows */
	enum outbox_channel channel; /* what it carries */
	bool ready, reserved;
	bool stranger;             /* nobody named it: alerts only, and where no other has room */
	size_t open;               /* texts it holds of this channel, at most WIRE_LINK_WINDOW or WIRE_NOTIFY_WINDOW */
	int64_t busy_ms;           /* how long it has been at the text that it sends now; 0: at none */
	bool spent[LANE_COUNT];    /* its SIM has sent what it may, for texts of this lane */
	int64_t sent;              /* texts it was given: of equals, the one that had fewest */
	int64_t rest_ms;           /* its SIM rests so long after a text of a campaign; 0: it does not */
};

struct lane_text {
	enum outbox_lane lane;
	enum outbox_channel channel;
	const char *modem;         /* an answer: the one to prefer; a text that was tried already: the one that had it; "" none */
	const char *operator_name; /* of its recipient; "" where nobody knows */
	bool tried;                /* it has failed before */
	bool pinned;               /* by that modem or not at all: it tests its way */
	bool patient;              /* an answer: young enough to wait for its modem's window */
};

#define LANE_NONE (-1) /* no link has room for it */
#define LANE_WAIT (-2) /* it waits for its own modem, which has no room yet or, where it is pinned, is not ready */

/* Index of the link that takes it, LANE_NONE or LANE_WAIT. */
int lane_choose(const struct lane_text *text, const struct lane_link *links, size_t count);

/* Whether any link has room for this channel's texts of the lane at all. */
bool lane_has_room(enum outbox_lane lane, enum outbox_channel channel, const struct lane_link *links, size_t count);

/* What a SIM that sent so many parts in an hour or a day may still send in a lane: nothing, once it has reached the cap (0:
 * none). A campaign leaves a fifth of it to answers; alerts go beyond it. */
bool lane_is_spent(enum outbox_lane lane, int64_t sent, int64_t cap);

#endif
