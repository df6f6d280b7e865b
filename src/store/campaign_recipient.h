/* Who gets a campaign: one row for each person, made when it is planned, changed as their one text goes its way. Counts follow in the same
 * transaction (campaign.h). Knows no number: a person is a subscriber's id. */
#ifndef HL_STORE_CAMPAIGN_RECIPIENT_H
#define HL_STORE_CAMPAIGN_RECIPIENT_H

#include "store/campaign.h"

#define CAMPAIGN_SKIP_WHY_SIZE 96

struct campaign_recipient_row {
	int64_t campaign_id, subscriber_id;
	int state;                     /* core/campaign/recipient_state.h */
	char operator_name[CAMPAIGN_OPERATOR_SIZE], district[CAMPAIGN_DISTRICT_SIZE]; /* as they were when it was planned */
	int language;                  /* enum wording_language */
	int64_t parts, outbox_id;      /* short messages; 0: not queued yet */
	int64_t step, right;           /* the question they are at (0: none, 1: the first), and right answers so far */
	int64_t queued_ms, updated_ms;
	char why[CAMPAIGN_SKIP_WHY_SIZE];
};

/* Plans one more; false where they are planned already. Does not count: the planner adds up by itself. */
bool campaign_recipient_insert(struct store *s, const struct campaign_recipient_row *row);
bool campaign_recipient_get(struct store *s, int64_t campaign_id, int64_t subscriber_id, struct campaign_recipient_row *row);
/* Writes state, outbox_id, step, right, queued_ms, updated_ms and why. Does not count. */
void campaign_recipient_update(struct store *s, const struct campaign_recipient_row *row);

/* Waiting ones of an operator above `after`, in order of subscriber. Returns how many were written. */
size_t campaign_recipient_waiting(struct store *s, int64_t campaign_id, const char *operator_name, int64_t after,
	struct campaign_recipient_row *rows, size_t max);
/* Operators that somebody who waits has, in order of name; at most max. */
size_t campaign_recipient_operators(struct store *s, int64_t campaign_id, char names[][CAMPAIGN_OPERATOR_SIZE], size_t max);
/* Those whose text may or may not have gone out, above `after`. */
size_t campaign_recipient_unknown(struct store *s, int64_t campaign_id, int64_t after, struct campaign_recipient_row *rows, size_t max);
/* Campaigns whose text may have reached this person, the newest first: what an answer can be to. */
size_t campaign_recipient_of(struct store *s, int64_t subscriber_id, struct campaign_recipient_row *rows, size_t max);

/* Takes back at most max planned ones; only of a campaign of which nothing was sent. Returns how many. */
int campaign_recipient_unplan(struct store *s, int64_t campaign_id, size_t max);
/* Forgets the counts and who was left out, before it is planned anew. */
void campaign_unplan_counts(struct store *s, int64_t campaign_id);

#endif
