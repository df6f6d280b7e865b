/* Whom somebody wants to give a shift, and which: read from what stands behind SWAP. Pure. A colleague is named as in the roster, or by
 * as much of the name as fits nobody else of the unit; when is tonight, today, tomorrow, a date, or the next shift. */
#ifndef HL_CORE_ALERT_SWAP_WISH_H
#define HL_CORE_ALERT_SWAP_WISH_H

#include "core/roster/roster.h"

enum swap_who { SWAP_WHO_NOBODY, SWAP_WHO_SEVERAL, SWAP_WHO_FOUND };
enum swap_when { SWAP_WHEN_UNKNOWN, SWAP_WHEN_NEXT, SWAP_WHEN_TONIGHT, SWAP_WHEN_DAY };

struct swap_wish {
	enum swap_who who;
	const struct roster_person *taker; /* of SWAP_WHO_FOUND */
	enum swap_when when;
	int64_t day;                       /* of tonight and a day: days since 1970, local */
};

/* words: with one space between (core/alert/command.h). Nothing behind the name is the next shift. */
void swap_wish_read(const struct roster *r, const struct roster_person *asker, const char *words, int64_t now_wall_ms,
	struct swap_wish *out);

#endif
