/* Campaigns at work: planned in slices, sent a small window at a time through the outbox's lowest lane, paused by itself where an
 * emergency, an empty SIM, the hour or too many failures say so. A text to somebody is queued in the transaction that marks them as
 * queued, so that nobody gets one twice; whether they may be texted is asked again when it leaves. Never delays a tip: it works in turns of
 * its own, when nothing else is ready. */
#ifndef HL_CORE_CAMPAIGN_CAMPAIGN_H
#define HL_CORE_CAMPAIGN_CAMPAIGN_H

#include <jansson.h>

#include "core/campaign/campaign_def.h"
#include "core/core.h"
#include "core/outbound/outbox_row.h"
#include "store/campaign.h"
#include "store/campaign_recipient.h"

#define CAMPAIGNS_LIVE_MAX 32 /* scheduled, running or paused at a time */

struct campaigns;

struct campaigns *campaigns_new(struct core *core);
/* Requests that wait for a plan are answered: while their connections are there. */
void campaigns_end_requests(struct campaigns *c);
void campaigns_free(struct campaigns *c);

/* The definition of a campaign, kept in memory for some; valid until the next call of this function. NULL where there is no such
 * campaign. */
const struct campaign_def *campaign_def_of(struct core *core, int64_t campaign_id);

/* Adds a line for each campaign that waits for a person: it was not one who paused it. */
void campaigns_warnings(struct core *core, json_t *warnings);

/* ---- for answers --------------------------------------------------------------------------------------------------------- */

/* The words of a recipient: a template of their campaign, or one of the wording's texts, filled for their language and district. values may
 * be NULL. The length, or a negative error. */
struct template_values;
int campaign_words(struct core *core, const struct campaign_recipient_row *to, const char *template_text, const struct template_values *values,
	char *out, size_t size);

/* Queues an answer to an answer of theirs (right or not, the next question, thanks), in the campaign lane before texts of plans. It passes
 * the same gate, but not the pace. The outbox's id or a negative error. In a turn. */
int64_t campaign_reply(struct core *core, const struct campaign_recipient_row *to, const char *text);

#endif
