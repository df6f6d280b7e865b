/* Whether a shift can go to a colleague, and what the roster must then say. Pure: roster, wish and wall time in, a verdict out. It must
 * never leave fewer people on duty than there were: who is on duty at that time already cannot take another's place. */
#ifndef HL_CORE_ALERT_SWAP_RULE_H
#define HL_CORE_ALERT_SWAP_RULE_H

#include "core/alert/swap_wish.h"

enum swap_verdict {
	SWAP_FITS,
	SWAP_NO_SHIFT, /* none of the asker's then */
	SWAP_PAST,
	SWAP_GAP       /* the colleague is on duty then: one person less would be */
};

struct swap_shift {
	size_t rotation;               /* its place in the schedule */
	int64_t from_ms, to_ms;        /* wall time; what is over already is not with it */
	struct schedule_people people; /* on duty instead: the colleague in the asker's place */
};

/* The first shift of the asker that the wish, which names a colleague and a time, can mean. */
enum swap_verdict swap_decide(const struct roster *r, const struct roster_person *asker, const struct swap_wish *wish,
	int64_t now_wall_ms, struct swap_shift *shift);

/* Whether a shift that fitted when it was asked for still does: rotation, from_ms and to_ms of *shift as then; what is over of it is
 * taken off, and people is filled in. */
enum swap_verdict swap_decide_again(const struct roster *r, const struct roster_person *asker, const struct roster_person *taker,
	int64_t now_wall_ms, struct swap_shift *shift);

#endif
