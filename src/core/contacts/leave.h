/* Joining campaigns and leaving them. Leaving is remembered as a keyed hash beyond everything else that is known of somebody, takes back what
 * is queued in the same transaction, and ends only with a START of their own: no list, answer or report brings anybody back. */
#ifndef HL_CORE_CONTACTS_LEAVE_H
#define HL_CORE_CONTACTS_LEAVE_H

#include "core/core.h"
#include "store/subscriber.h"

/* message_id: the text that asked for it; 0: the menu did, or a person was told. True where they had not left before. Their number is not kept. */
bool contacts_leave(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS], int64_t message_id);

/* What the rooms above are told. Each adds a struct when it starts; any function may be NULL. */
struct contacts_hooks {
	/* Somebody left by a STOP of their own. Inside the turn's transaction, after it is written. */
	void (*left)(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS]);
};
/* The struct must live as long as the core. */
void contacts_add_hooks(struct core *core, const struct contacts_hooks *hooks);
/* By who took the STOP: a text (hear.c), the menu (core/ussd/). */
void contacts_tell_left(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS]);

struct contacts_joining {
	const uint8_t *alias, *number;  /* the number as contact_get_number() gives it */
	size_t number_len;
	int language, script;
	const char *district;           /* "" not said */
	const char *source;             /* how they said so; NULL: by a text */
};

/* By their own word. True where they were not on the list before. */
bool contacts_join(struct core *core, const struct contacts_joining *j);

#endif
