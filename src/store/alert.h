/* Alerts as rows. States and steps are decided in core/alert/policy.c; here they are numbers. An open alert is one
 * without acknowledged_ms; the index of open alerts is ordered by deadline, so that what is due is found without a
 * walk. */
#ifndef HL_STORE_ALERT_H
#define HL_STORE_ALERT_H

#include "store/store.h"

struct alert_row {
	int64_t id, case_id;
	int state, urgency;
	int64_t step, due_boot_ms, raised_boot_ms, created_ms, acknowledged_ms; /* acknowledged_ms 0: open */
	char acknowledged_by[64];
	char policy[32];       /* of etc/alerts.conf, by which it rings; "": the built-in one */
	bool exhausted, told;  /* it went round and nobody has answered; its texter was told so */
	int64_t idle;          /* reminders to whoever acknowledged it and does nothing */
};

/* States below this one have a deadline (the index alert_watched names it). */
#define STORE_ALERT_STATE_OVER 5

/* Returns the new id. */
int64_t store_alert_insert(struct store *s, const struct alert_row *row);
bool store_alert_get(struct store *s, int64_t id, struct alert_row *row);
/* Writes all but what it was inserted with: id, case_id, raised_boot_ms and created_ms. */
void store_alert_update(struct store *s, const struct alert_row *row);

/* The newest alert of a case, or its newest open one. False where there is none. */
bool store_alert_of_case(struct store *s, int64_t case_id, bool open, struct alert_row *row);

/* The open alerts of one case become another's. */
void store_alert_move_open(struct store *s, int64_t from, int64_t into);

/* An acknowledged alert of the case on which nobody has acted yet; false where there is none. */
bool store_alert_of_case_idle(struct store *s, int64_t case_id, struct alert_row *row);
/* Whether the texter of the case was ever told that nobody answers. */
bool store_alert_case_told(struct store *s, int64_t case_id);

/* Alerts that are not over and whose deadline has come, first due first. Returns how many were written. */
size_t store_alert_due(struct store *s, int64_t now_boot_ms, struct alert_row *rows, size_t max);
/* The next of these deadlines; INT64_MAX where there is none. */
int64_t store_alert_next_due(struct store *s);

/* Open alerts of which a text to this person was at least tried (a phone may know of them). Returns how many, at
 * most max. */
size_t store_alert_open_for(struct store *s, const char *recipient, struct alert_row *rows, size_t max);

/* Another boot: every alert that has a deadline is due now, and the time since it was raised is carried over by the wall clock, as
 * well as that can be known (never negative, never beyond a year). */
void store_alert_new_boot(struct store *s, int64_t now_boot_ms, int64_t now_wall_ms);
/* No alert that has a deadline waits beyond this instant. */
void store_alert_clamp_due(struct store *s, int64_t latest_boot_ms);

/* When (boot time) the last emergency was raised that nobody has acknowledged; INT64_MIN where there is none. */
int64_t store_alert_emergency_ms(struct store *s);

/* Counts every row: for the start only. */
void store_alert_count(struct store *s, void (*each)(void *arg, int state, int64_t count), void *arg);
/* How many open ones went round and nobody has answered. */
int64_t store_alert_count_exhausted(struct store *s);
/* All: newest first. Open (nobody has acknowledged them): the most urgent first, of these the oldest. after: the id of
 * the last row of the call before, or 0. Returns how many were written. */
size_t store_alert_list(struct store *s, bool open, int64_t after, struct alert_row *rows, size_t max);

#endif
