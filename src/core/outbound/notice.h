/* One door for what goes to a person of the roster, whatever the channel: it knows their addresses, which channels
 * this house has, and what each may tell (mail_tell, webhook_tell of the configuration). Never a tip's text and
 * never a number of a texter: callers give it what a text to an officer would say. */
#ifndef HL_CORE_OUTBOUND_NOTICE_H
#define HL_CORE_OUTBOUND_NOTICE_H

#include "core/outbound/outbox.h"
#include "core/roster/roster.h"

/* Whether this person can be told by this channel: they have an address there and the house has the channel. */
bool notice_can(const struct core *core, const struct roster_person *person, enum outbox_channel channel);

/* What a channel may tell of an alert (mail_tell, webhook_tell): the case's code alone; also urgency, district and
 * type; also the code by which the person acknowledges. A text may tell all of it. */
enum notice_tell { NOTICE_CODE, NOTICE_SUMMARY, NOTICE_ANSWER };
enum notice_tell notice_tells(const struct core *core, enum outbox_channel channel);

/* Queues item (lane, purpose, urgency, case, alert, report, text, subject) to the person by item->channel; recipient
 * and address are filled in here. Where the channel may only tell codes, code, or the name of the purpose where that
 * is "", stands in place of text and subject. Returns the outbox's id; HL_ENOENT where notice_can() is false, which
 * does not stick to the transaction; otherwise as outbox_add(). Inside a turn. */
int64_t notice_add(struct core *core, const struct roster_person *person, const struct outbox_item *item, const char *code);

#endif
