/* What people changed of the roster while the core runs: overrides of the schedule (names only), and a whole roster that was imported
 * (sealed by the caller: it holds numbers). */
#ifndef HL_STORE_ROSTER_H
#define HL_STORE_ROSTER_H

#include "store/store.h"

#define ROSTER_NAMES_MAX 2112 /* octets of all names of an override, a line feed between */
#define ROSTER_BODY_MAX 41000 /* octets of an imported roster, sealed */

struct roster_override_row {
	int64_t id;
	char rotation[32], unit[16]; /* rotation "": every one of the unit */
	int64_t from_ms, to_ms;      /* wall time */
	char names[ROSTER_NAMES_MAX]; /* "": nobody */
	char author[64];
	int64_t made_ms;
};

/* Sets row->id. */
void roster_override_insert(struct store *s, struct roster_override_row *row);
bool roster_override_get(struct store *s, int64_t id, struct roster_override_row *row);
void roster_override_delete(struct store *s, int64_t id);
/* Those that end later than this, the oldest first. Returns how many were written. */
size_t roster_override_list(struct store *s, int64_t after_ms, struct roster_override_row *rows, size_t max);
int64_t roster_override_count(struct store *s, int64_t after_ms);
/* Deletes those that ended before. */
void roster_override_forget(struct store *s, int64_t before_ms);

struct roster_import_row { char author[64]; int64_t made_ms; uint8_t body[ROSTER_BODY_MAX]; size_t len; };

/* Replaces the one that is there. */
void roster_import_put(struct store *s, const struct roster_import_row *row);
bool roster_import_get(struct store *s, struct roster_import_row *row);
void roster_import_delete(struct store *s);

#endif
