/* What could not be read, raw and sealed, until a person has looked at it. */
#ifndef HL_STORE_QUARANTINE_H
#define HL_STORE_QUARANTINE_H

#include "store/message.h"
#include "store/store.h"

struct quarantine_row {
	int64_t id;
	char modem[33];
	int64_t time_ms;
	char reason[128];
	int64_t seen_ms; /* 0: nobody has looked */
	struct sealed_text text;
};

int64_t quarantine_last_id(struct store *s);
/* How many nobody has looked at, counted up to most. */
int64_t quarantine_unseen(struct store *s, int64_t most);
void quarantine_insert(struct store *s, const struct quarantine_row *row);
void quarantine_set_seen(struct store *s, int64_t id, int64_t seen_ms); /* the first time stays */
/* Rows below id `before` (0: from the newest), newest first, until each() returns false; row is valid only there. */
void quarantine_each(struct store *s, int64_t before, bool (*each)(const struct quarantine_row *row, void *arg),
	void *arg);

#endif
