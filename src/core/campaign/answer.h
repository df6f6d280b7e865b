/* Answers to campaigns: which text is one, what it is answered with, and what is counted. Every text goes through triage first and is stored as any
 * other; a report stays one. An answer brings nobody back who left. */
#ifndef HL_CORE_CAMPAIGN_ANSWER_H
#define HL_CORE_CAMPAIGN_ANSWER_H

#include "core/campaign/answer_match.h"
#include "core/contacts/hear.h"
#include "store/campaign.h"
#include "store/campaign_recipient.h"

/* What a text is to the campaigns that reached its sender. */
struct answer_found {
	struct answer_verdict verdict;
	struct campaign_row campaign;             /* where verdict.reading is not ANSWER_IS_NONE */
	struct campaign_recipient_row recipient;  /* subscriber_id below 0: by keyword, from a contact who is none */
};

/* Looks, and makes the verdict that of an answer where the text is an option's exact word; writes nothing. */
void answer_find(struct core *core, const struct process_text *t, const struct contacts_heard *heard, struct triage_verdict *v,
	struct answer_found *found);

/* Counts it and answers it, once its text is stored: in the turn. What the sender hears instead of a receipt is told in *word. */
void answer_take(struct core *core, const struct process_text *t, const struct triage_verdict *v, const struct answer_found *found,
	int64_t message_id, struct contacts_word_reply *word);

/* Moves them on and queues what they hear (answer_reply.c). once_more: it could not be read, and they are asked again, once. False where nothing
 * is said: they may not be texted now. */
bool answer_reply(struct core *core, struct campaign_recipient_row *r, const struct answer_verdict *a, bool once_more);

/* An option (from 1) that was chosen in the menu: counted as if it had been texted. subscriber_id 0: by somebody who is none; district "" not
 * known. In the turn. */
void answer_add(struct core *core, int64_t campaign_id, int64_t subscriber_id, const char *district, int question, int option);

/* A person says which option an unread answer is (ANSWER_NONE_OF_THEM: none). */
void answer_sort(struct core *core, const struct answer_row *row, int64_t option, const char *person);

/* Somebody left, or a report of theirs came: told to the campaigns that reached them not long ago. In the turn. */
void answer_note_stop(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS]);
void answer_note_tip(struct core *core, int64_t contact_id);

/* The words of an unread or free answer; "" where they are not kept here. */
void answer_words(struct core *core, const struct answer_row *row, char *out, size_t size);

/* A local day, "2026-11-22". */
void answer_day(int64_t wall_ms, char day[ANSWER_DAY_SIZE]);

#endif
