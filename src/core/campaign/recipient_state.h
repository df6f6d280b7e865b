/* Where a recipient of a campaign stands, as a table over what becomes of their one text. Pure. Who has left WAITING never comes
 * back to it: that is what keeps anybody from being texted twice. */
#ifndef HL_CORE_CAMPAIGN_RECIPIENT_STATE_H
#define HL_CORE_CAMPAIGN_RECIPIENT_STATE_H

#include <stdbool.h>

/* Stored: never renumber. From QUEUED on the text may have reached them. */
enum recipient_state {
	RECIPIENT_WAITING,     /* planned */
	RECIPIENT_SKIPPED,     /* at the moment of sending they might not be texted, or it was too late: never sent */
	RECIPIENT_QUEUED,      /* in the outbox */
	RECIPIENT_SENT,
	RECIPIENT_FAILED,
	RECIPIENT_UNKNOWN,     /* the modem's answer was lost: it may have gone out, and is not sent again */
	RECIPIENT_DELIVERED,   /* where the campaign asks for reports */
	RECIPIENT_UNDELIVERED,
	RECIPIENT_WITHHELD,    /* not texted because of what nobody who plans campaigns may learn of them (contacts_reason_shown()): counted as failed */
	RECIPIENT_STATES
};

/* What a state of their text in the outbox (enum outbox_state) makes of them; RECIPIENT_STATES: nothing new. */
enum recipient_state recipient_state_of_text(int outbox_state);

/* The state that counts and tables show: nothing outside of the row itself tells who was withheld from who failed. */
enum recipient_state recipient_state_counted(int state);

const char *recipient_state_name(enum recipient_state state);

#endif
