/* How rows of the outbox are read: shared by the files of this family of tables, and included by no other. */
#ifndef HL_STORE_OUTBOX_INSIDE_H
#define HL_STORE_OUTBOX_INSIDE_H

#include "store/outbox.h"

/* What outbox_read_rows() expects of a SELECT, in this order. */
#define OUTBOX_COLUMNS "id, lane, purpose, state, case_id, alert_id, contact_id, recipient, report, attempts, " \
	"not_before_boot_ms, modem, created_ms, updated_ms, code, why, body IS NOT NULL, urgency, discreet IS NOT NULL, channel, " \
	"campaign_id, subscriber_id, place"

/* Reads all rows of a statement, so that none is left open; those past max are passed over. */
size_t outbox_read_rows(struct store *s, sqlite3_stmt *st, struct outbox_row *rows, size_t max);
/* The number of the first column of the only row, or none. */
int64_t outbox_read_number(struct store *s, sqlite3_stmt *st, int64_t none);

#endif
