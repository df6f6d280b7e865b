/* The outbox: texts to be sent, on disk, in lanes. States:
 *   queued -> leased -> submitting -> sent -> delivered | undelivered
 *                                  -> failed | unknown
 *   queued -> cancelled: an alert's text that nobody needs any more, because a person has the alert.
 *   sent -> read: whoever took it (a webhook) says that a person has read it.
 *   queued -> refused: a text to a texter that the gate (gate.h) does not let out.
 * A leased text may be taken back (restart, link lost); a submitting one may not: it becomes unknown. An unknown
 * alert is repeated, an unknown text to the public is not. */
#ifndef HL_CORE_OUTBOUND_OUTBOX_H
#define HL_CORE_OUTBOUND_OUTBOX_H

#include <stdbool.h>

#include "core/core.h"
#include "core/number.h"

enum outbox_lane { LANE_ALERT, LANE_DIALOGUE, LANE_CAMPAIGN, LANE_COUNT };
enum outbox_purpose { OUTBOX_ALERT, OUTBOX_OFFICER, OUTBOX_RECEIPT, OUTBOX_TEST, OUTBOX_QUESTION, OUTBOX_ADVICE,
	OUTBOX_LAST_WORD, OUTBOX_WARNING, OUTBOX_LOOP, OUTBOX_MISSED, OUTBOX_CAMPAIGN, OUTBOX_CAMPAIGN_REPLY,
	OUTBOX_MENU,
	OUTBOX_PURPOSES }; /* stored: never renumber; those for texters have their row in gate.c */
enum outbox_state { OUTBOX_QUEUED, OUTBOX_LEASED, OUTBOX_SUBMITTING, OUTBOX_SENT, OUTBOX_DELIVERED, OUTBOX_UNDELIVERED,
	OUTBOX_FAILED, OUTBOX_UNKNOWN, OUTBOX_CANCELLED, OUTBOX_REFUSED, OUTBOX_READ, OUTBOX_STATES }; /* stored: never renumber */
enum outbox_channel { CHANNEL_SMS, CHANNEL_MAIL, CHANNEL_WEBHOOK, CHANNEL_COUNT }; /* stored: never renumber */

struct outbox_item {
	enum outbox_lane lane;
	enum outbox_purpose purpose;
	int urgency;                           /* within its lane the higher goes first: of the case, for an alert */
	int64_t case_id, alert_id, contact_id; /* 0 where none */
	int64_t campaign_id, subscriber_id;    /* of a campaign: core/campaign/ */
	const char *recipient;                 /* a name of the roster, or "" */
	enum outbox_channel channel;           /* 0: a text */
	struct number to;                      /* of a text */
	const char *address;                   /* of the other channels: a mail address, a URL */
	const char *subject;                   /* of the other channels, or NULL; it becomes one line */
	const char *text;
	const char *discreet;                  /* what goes where somebody else may read it; NULL: nothing does; texts only */
	bool report;                           /* ask for a delivery report: never for texters */
	int64_t place;                         /* of an alert: core/alert/policy.h; 0: none */
	const char *modem;                     /* preferred modem, or ""; an alert avoids it: it had the text before */
};

const char *outbox_lane_name(enum outbox_lane lane);
const char *outbox_channel_name(enum outbox_channel channel); /* "sms", "mail", "webhook" */
const char *outbox_purpose_name(enum outbox_purpose purpose);
const char *outbox_state_name(enum outbox_state state);

#define OUTBOX_ATTEMPTS_MAX 50 /* failures for now, after which a text has failed for good */

/* Queues a text in the turn's transaction; the dispatcher leases it before the commit if a modem is idle. Returns
 * its id, or a negative error that also sticks to the transaction. */
int64_t outbox_add(struct core *core, const struct outbox_item *item);

/* An alert has been acknowledged: its texts that wait are cancelled. Those that a link has may end as they will, but
 * none of them is sent again; that is why their bodies are erased. */
void outbox_cancel_alert(struct core *core, int64_t alert_id);

#endif
