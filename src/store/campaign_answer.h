/* Answers to campaigns: what somebody chose, and which of their answers to a question counts. Sums by question, option, day and district are kept in
 * the transactions that change an answer. The words of an answer are the case's; here they stand only where a person must sort them. */
#ifndef HL_STORE_CAMPAIGN_ANSWER_H
#define HL_STORE_CAMPAIGN_ANSWER_H

#include "store/campaign.h"

/* An option is its number from 1, or one of these. Stored: never renumber. */
enum { ANSWER_UNREAD = 0, ANSWER_FREE = -1, ANSWER_NONE_OF_THEM = -2 }; /* FREE: words are what was asked for; NONE: a person has looked */

/* In the place of a question's number: what else came of a campaign, as options of it. */
#define RESULT_BESIDE 0
enum { RESULT_LATE = 1, RESULT_STOPPED = 2, RESULT_TIPS = 3 };

#define ANSWER_WORDS_MAX 400   /* octets of sealed words */
#define ANSWER_DAY_SIZE 16

struct answer_row {
	int64_t id, campaign_id, subscriber_id; /* subscriber_id: 0 in the menu, below 0 (a contact's id) by keyword, from who is none */
	int64_t question, option;
	bool late, counts;
	char district[CAMPAIGN_DISTRICT_SIZE];
	int64_t message_id, time_ms;
	char sorted_by[CAMPAIGN_PERSON_SIZE];
	uint8_t words[ANSWER_WORDS_MAX];
	size_t words_len;                       /* 0: none are kept here */
};

int64_t answer_next_id(struct store *s);
/* row->id is set by the caller, because its words are bound to it. Nothing counts it yet. */
void answer_insert(struct store *s, const struct answer_row *row);
bool answer_get(struct store *s, int64_t id, struct answer_row *row);
/* A person has said what it is; its words are not needed any more. */
void answer_set_option(struct store *s, int64_t id, int64_t option, const char *sorted_by);
/* How many unread ones they have sent to this question. */
int64_t answer_unread(struct store *s, int64_t campaign_id, int64_t subscriber_id, int64_t question);

/* When they answered a campaign last, 0: never. */
int64_t answer_last_ms(struct store *s, int64_t campaign_id, int64_t subscriber_id);

/* The one that counts of a person and question: a read one before an unread one, then the first or the last; a late one never does. False where
 * there is none. Of nobody in particular (subscriber_id 0) each counts by itself, and `id` names it. */
bool answer_counted(struct store *s, const struct answer_row *of, struct answer_row *row);
bool answer_choose(struct store *s, const struct answer_row *of, bool last, struct answer_row *row);
/* Marks this one (NULL: none) of the person and question as the counted one. */
void answer_mark(struct store *s, const struct answer_row *of, const struct answer_row *counted);

/* Unread and free ones above `after` (unread: only those), in order of id. Returns how many. */
size_t answer_list(struct store *s, int64_t campaign_id, bool unread, int64_t after, struct answer_row *rows, size_t max);

/* Words of answers that came before this are forgotten, a stretch of ids from *after at a time, which moves; false at the end. */
bool answer_forget_words(struct store *s, int64_t *after, int64_t before_ms);

/* ---- sums -------------------------------------------------------------------------------------------------------------- */

struct result_key { int64_t campaign_id, question, option; char day[ANSWER_DAY_SIZE], district[CAMPAIGN_DISTRICT_SIZE]; };
void result_add(struct store *s, const struct result_key *key, int64_t n);
void result_each(struct store *s, int64_t campaign_id, void (*each)(void *arg, const struct result_key *key, int64_t n), void *arg);

/* ---- for the indicators ------------------------------------------------------------------------------------------------ */

/* Campaigns that were started in this time and reached somebody, and the districts they reached, each once. */
void result_activities(struct store *s, int64_t from_ms, int64_t to_ms, int64_t *campaigns,
	void (*district)(void *arg, const char *name, int64_t people), void *arg);

#endif
