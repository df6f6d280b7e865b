/* Whether two names are two people, as far as the hotline can know: somebody who may add people could add themselves a second name and
 * agree with themselves. A pure function of who added whom, and when. */
#ifndef HL_CORE_PEOPLE_LINEAGE_H
#define HL_CORE_PEOPLE_LINEAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/core.h"
#include "store/person.h"

#define LINEAGE_NEW_MS (7 * 86400 * (int64_t)1000) /* an addition that nobody objected to for so long was seen */

/* False where one was added by the other, or by somebody whom the other added; or where both go back to the same person's password
 * and one of them is new. The recovery key is nobody's. People who are not in the list go back to nobody. */
bool lineage_are_two(const struct person_row *people, size_t count, const char *one, const char *other, int64_t now_ms);

/* The same of the people of the store. */
bool lineage_are_two_now(struct core *core, const char *one, const char *other);

#endif
