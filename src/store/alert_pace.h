/* What keeps alerts from becoming a flood in somebody's pocket: when each person of the roster may have the next text, and
 * what they will be told then. Rows only; what is decided of them stands in core/alert/alert_pace.c. */
#ifndef HL_STORE_ALERT_PACE_H
#define HL_STORE_ALERT_PACE_H

#include "store/store.h"

/* When the person may have the next text; 0 where nothing is known of them. */
int64_t store_pace_next(struct store *s, const char *person);
void store_pace_set(struct store *s, const char *person, int64_t next_boot_ms);
/* Another boot: everybody may have one now. */
void store_pace_new_boot(struct store *s);

/* The person will be told of this alert; kept once, with its first text. */
void store_held_add(struct store *s, const char *person, int64_t alert_id, int text);

/* The next instant at which somebody may be told what is held for them; INT64_MAX where nothing is held. */
int64_t store_held_next_due(struct store *s);
/* Somebody for whom something is held and who may be told now; false where there is nobody. */
bool store_held_person(struct store *s, int64_t now_boot_ms, char person[64]);

/* What is held for a person of alerts that still wait for an answer. */
struct held_row { int64_t count, newest_id; int urgency, text; }; /* the newest alert of the highest urgency and its text */
void store_held_read(struct store *s, const char *person, struct held_row *row);
/* They were told. The rows stay until the alert ends: whoever was told has been rung. */
void store_held_told(struct store *s, const char *person);
/* An alert ended: nobody needs to hear of it. */
void store_held_drop_alert(struct store *s, int64_t alert_id);

#endif
