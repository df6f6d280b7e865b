/* Whole texts as rows: what triage found in the open, the words sealed (vault_text_seal). */
#ifndef HL_STORE_MESSAGE_H
#define HL_STORE_MESSAGE_H

#include "store/store.h"

/* Stored, and part of what a text is bound to. A note is an officer's, for the unit; it goes to nobody. */
enum message_direction { MESSAGE_IN, MESSAGE_OUT, MESSAGE_NOTE };
#define MESSAGE_DIRECTIONS (MESSAGE_NOTE + 1)

/* "in", "out", "note". */
const char *message_direction_name(enum message_direction direction);

/* A sealed text; the pointers belong to whoever fills the struct. */
struct sealed_text {
	const uint8_t *body, *wrap;
	size_t body_len, wrap_len;
	const char *week;
};

struct message_row {
	int64_t id, case_id, contact_id;
	enum message_direction direction;
	char modem[33];
	int64_t time_ms;
	int kind, exploitation, urgency; /* of core/triage/triage.h */
	bool child;
	char district[20];
	int score;
	bool damaged;
	int64_t parts, parts_missing;
	char author[64];         /* the person who wrote it, "" for what came in */
	struct sealed_text text;
};

/* The largest id ever used, 0 where there is none: the next text is sealed to the id it will have. */
int64_t message_last_id(struct store *s);
void message_insert(struct store *s, const struct message_row *row);
/* Loads the row with its text; the text's pointers are to be freed with message_unload(). False where the case has none such. */
bool message_load(struct store *s, int64_t case_id, int64_t id, struct message_row *row);
void message_unload(struct message_row *row);
/* The ids of the case's messages, oldest first; returns how many were written. */
size_t message_ids(struct store *s, int64_t case_id, int64_t *ids, size_t max);
/* Writes the case, what triage found, the parts and the sealed text of the row with this id. */
void message_amend(struct store *s, const struct message_row *row);
/* The modem through which the case's last text came in; "" where there is none (what came by the menu, "ussd:...", did by none). */
void message_last_modem(struct store *s, int64_t case_id, char modem[33]);
bool message_get(struct store *s, int64_t id, struct message_row *row); /* without its text */

/* The case's messages with ids above `after`, oldest first, until each() returns false. row and its text are valid
 * only there. */
void message_each(struct store *s, int64_t case_id, int64_t after,
	bool (*each)(const struct message_row *row, void *arg), void *arg);

#endif
