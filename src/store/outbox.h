/* The outbox and the parts that wait for delivery reports, as rows. Knows nothing of keys: numbers and bodies come
 * and go sealed. Which state follows which is decided in core/outbound/outbox_state.c; here a state is a number. Every query
 * on the way of a text uses a partial index, so that a long queue costs no more than a short one. */
#ifndef HL_STORE_OUTBOX_H
#define HL_STORE_OUTBOX_H

#include "store/store.h"

#define STORE_ALIAS 32
#define STORE_NUMBER_MAX (256 + 64)    /* octets of a sealed number, mail address or URL */
#define STORE_BODY_MAX (4096 + 512)    /* octets of a sealed text */

struct outbox_row {
	int64_t id;
	int lane, channel, purpose, state, urgency;
	int64_t case_id, alert_id, contact_id; /* 0 where none */
	int64_t campaign_id, subscriber_id;    /* likewise */
	char recipient[64], modem[33], operator_name[24]; /* the recipient's operator, "" not known */
	bool report, has_body, has_discreet;
	int64_t place;                      /* of an alert's: which channel of which step; 0: no order of channels */
	int64_t attempts, not_before_boot_ms, created_ms, updated_ms, code;
	char why[128];
};

/* What outbox_row leaves out; pointers are the caller's. */
struct outbox_sealed {
	uint8_t alias[STORE_ALIAS];
	uint8_t number[STORE_NUMBER_MAX]; size_t number_len;
	uint8_t body[STORE_BODY_MAX]; size_t body_len; /* 0: erased */
	uint8_t discreet[STORE_BODY_MAX]; size_t discreet_len; /* 0: it has none */
};

int64_t store_outbox_max_id(struct store *s);

/* Inserts with row->id as given. Only state queued makes sense. */
void store_outbox_insert(struct store *s, const struct outbox_row *row, const struct outbox_sealed *sealed);

/* False where there is no such row. */
bool store_outbox_get(struct store *s, int64_t id, struct outbox_row *row);
bool store_outbox_get_sealed(struct store *s, int64_t id, struct outbox_sealed *sealed);

/* The next waiting rows of a lane and channel that are due, the most urgent first, of these the first due first. Only id, lane, channel, urgency,
 * alert_id, contact_id, campaign_id, subscriber_id, purpose, has_discreet, attempts, modem,
 * operator_name and not_before_boot_ms are filled. after: the last row of the call before, to go on behind
 * it; NULL: from the first. Returns how many. */
size_t store_outbox_waiting(struct store *s, int lane, int channel, int64_t now_boot_ms, const struct outbox_row *after,
	struct outbox_row *rows, size_t max);

/* When the next waiting row that is not due yet will be; INT64_MAX where there is none. */
int64_t store_outbox_next_due(struct store *s, int lane, int channel, int64_t now_boot_ms);

/* Rows that are leased or submitting, with everything of struct outbox_row. Returns how many were written. */
size_t store_outbox_in_flight(struct store *s, struct outbox_row *rows, size_t max);

/* Only the state, the modem and updated_ms: a lease. */
void store_outbox_lease(struct store *s, int64_t id, int state, const char *modem, int64_t now_wall_ms);

/* Writes state, attempts, not_before_boot_ms, modem, updated_ms, code and why of the row; erases its body if told
 * to. */
void store_outbox_update(struct store *s, const struct outbox_row *row, bool erase_body);

/* A waiting row waits longer; why is for people. */
void store_outbox_hold(struct store *s, int64_t id, int64_t not_before_boot_ms, const char *why);
/* Rows that wait for this contact are due at once. */
void store_outbox_contact_due(struct store *s, int64_t contact_id);

/* Rows that wait for this campaign are due at once. */
void store_outbox_campaign_due(struct store *s, int64_t campaign_id, int64_t now_boot_ms);
/* Waiting texts of the campaign with this purpose. Returns how many were written. */
size_t store_outbox_campaign_waiting(struct store *s, int64_t campaign_id, int purpose, struct outbox_row *rows, size_t max);

/* Another boot: every waiting row is due. Returns how many. */
int store_outbox_all_due(struct store *s);
/* Waiting rows that would wait beyond this instant become due then. */
int store_outbox_clamp_due(struct store *s, int64_t latest_boot_ms);

/* Whether a text of this alert for this person is still on its way out by this channel (queued, leased or submitting), and would be
 * sent again if it were lost. */
bool store_outbox_alert_waiting(struct store *s, int64_t alert_id, int channel, const char *recipient);
/* When the last text of this alert for this person was queued (not_before_boot_ms of its row, by the clock of the boot it was
 * queued in); INT64_MIN where there is none. */
int64_t store_outbox_alert_last(struct store *s, int64_t alert_id, const char *recipient);
/* The modem of the last text of this alert for this person that one had; false where none had. */
bool store_outbox_alert_last_modem(struct store *s, int64_t alert_id, const char *recipient, char *modem, size_t size);
/* How many texts wait in the lane for this person, counted up to so many. */
int64_t store_outbox_person_waiting(struct store *s, int lane, const char *recipient, int64_t most);
/* Whether, after this one, the same person was told of the alert by a later channel of the step, whose last place this is. */
bool store_outbox_alert_later(struct store *s, const struct outbox_row *row, int64_t last_place);
/* Whether a text of this alert for this person left, or may have left, by this modem. */
bool store_outbox_alert_sent_by(struct store *s, int64_t alert_id, const char *recipient, const char *modem);
/* Campaign texts to this alias that no link has yet. */
size_t store_outbox_campaign_unsent(struct store *s, const uint8_t alias[STORE_ALIAS], struct outbox_row *rows, size_t max);
/* Texts of the alert that are on their way out and not yet erased. Returns how many were written. */
size_t store_outbox_alert_unsent(struct store *s, int64_t alert_id, struct outbox_row *rows, size_t max);
/* Whether this name of the roster was sent an alert about the case. */
bool store_outbox_has_alerted(struct store *s, int64_t case_id, const char *name);
/* Names of those who were sent a text of this alert, in the order of the first one; returns how many were written. */
size_t store_outbox_alert_recipients(struct store *s, int64_t alert_id, char names[][64], size_t max);

/* Whether a text of this purpose for this person is still on its way out by this channel, in this lane at urgency 0. */
bool store_outbox_purpose_waiting(struct store *s, int lane, int channel, int purpose, const char *recipient);

/* ---- parts ------------------------------------------------------------------------------------------------------- */

/* sent_ms: when the network took it. */
void store_outbox_part_set(struct store *s, int64_t outbox_id, int64_t seq, const char *imsi, int64_t mr, int64_t sent_ms);

/* What a delivery report says of the part it is about. Times are wall time. */
struct outbox_report_key {
	const char *imsi;      /* of the SIM that sent, and got the report */
	int64_t mr;            /* TP-MR; goes round at 256 */
	const uint8_t *alias;  /* of the recipient, STORE_ALIAS octets */
	int64_t oldest_ms;     /* parts sent before are not looked at */
	int64_t sent_ms;       /* when its text was sent */
};

/* The part of that SIM, reference and recipient that was sent nearest to sent_ms. False where there is none. */
bool store_outbox_part_find(struct store *s, const struct outbox_report_key *key, int64_t *outbox_id, int64_t *seq,
	int64_t *status);
void store_outbox_part_status(struct store *s, int64_t outbox_id, int64_t seq, int64_t status);

struct outbox_parts { int64_t parts, delivered, failed; };
struct outbox_parts store_outbox_parts(struct store *s, int64_t outbox_id);

/* ---- for people -------------------------------------------------------------------------------------------------- */

/* Counts every row: for the start only. */
void store_outbox_count(struct store *s, void (*each)(void *arg, int lane, int state, int64_t count), void *arg);
/* Newest first; open: only those not yet sent; after: the id of the last row of the call before, or 0. Returns how
 * many were written. */
size_t store_outbox_list(struct store *s, bool open, int64_t after, struct outbox_row *rows, size_t max);

#endif
