/* Requests to open the number of a case, as rows. Who may do what is decided in core/oversight/release_policy.h. */
#ifndef HL_STORE_RELEASE_H
#define HL_STORE_RELEASE_H

#include "store/store.h"

#define RELEASE_REASON_MAX 124 /* octets: it stands in the audit trail, too */

/* Stored: never renumber. */
enum release_state { RELEASE_ASKED, RELEASE_APPROVED, RELEASE_REFUSED, RELEASE_SHOWN };

struct release_row {
	int64_t id, case_id;
	enum release_state state;
	char requester[64], decider[64]; /* decider "" until decided */
	char reason[RELEASE_REASON_MAX + 1];
	int64_t asked_ms, expires_ms;
};

/* Sets row->id. */
void release_insert(struct store *s, struct release_row *row);
bool release_get(struct store *s, int64_t id, struct release_row *row);
/* Writes state and decider. */
void release_update(struct store *s, const struct release_row *row);
/* Newest first; returns how many were written. */
size_t release_list(struct store *s, struct release_row *rows, size_t max);
/* How many are asked or approved and not expired: of the case (or of any, 0), by the person (or by any, NULL). */
int64_t release_count_open(struct store *s, int64_t case_id, const char *requester, int64_t now_ms);

#endif
