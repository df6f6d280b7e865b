/* Joining campaigns and leaving them. Leaving is remembered as a keyed hash beyond everything else that is known of somebody, takes back what
 * is queued in the same transaction, and ends only with a START of their own: no list, answer or report brings anybody back. */
#ifndef HL_CORE_CONTACTS_LEAVE_H
#define HL_CORE_CONTACTS_LEAVE_H

#include "core/core.h"
#include "store/subscriber.h"

/* message_id: the text that asked for it; 0: the menu did, or a person was told. True where they had not left before. Their number is not kept. */
bool contacts_leave(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS], int64_t message_id);

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
