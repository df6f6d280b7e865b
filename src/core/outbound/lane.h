/* Which link takes the next text of a lane: the order of the lanes, reserved modems, the texter's own modem, the
 * least loaded. Pure. */
#ifndef HL_CORE_OUTBOUND_LANE_H
#define HL_CORE_OUTBOUND_LANE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/outbound/outbox.h"

struct lane_link {
	const char *name;
	bool ready, reserved;
	size_t open; /* texts it holds, at most WIRE_LINK_WINDOW */
};

struct lane_text {
	enum outbox_lane lane;
	const char *modem; /* dialogue: the one to prefer; a text that was tried already: the one that had it; "" none */
	bool tried;        /* it has failed before */
	bool patient;      /* dialogue: young enough to wait for its modem's window */
};

#define LANE_NONE (-1) /* no link has room for it */
#define LANE_WAIT (-2) /* its own modem is ready but has no room yet */

/* Index of the link that takes it, LANE_NONE or LANE_WAIT. */
int lane_choose(const struct lane_text *text, const struct lane_link *links, size_t count);

/* Whether any link has room for the lane at all. */
bool lane_has_room(enum outbox_lane lane, const struct lane_link *links, size_t count);

#endif
