/* Lists in answers: as many items as one line holds, and how to ask for the rest. Pure JSON; it neither asks the
 * store nor answers. */
#ifndef HL_CORE_CONTROL_CONTROL_LIST_H
#define HL_CORE_CONTROL_CONTROL_LIST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONTROL_LIST_MAX 200          /* items that one answer may have */
#define CONTROL_LIST_OCTETS_MAX 50000 /* octets of its items: with the rest of the answer they fit one line */

/* A list on its way into an answer's body. */
struct control_list { json_t *body, *items; const char *key; size_t octets; };

void control_list_begin(struct control_list *l, const char *key);
/* Takes over the item. False where it does not fit any more: the caller stops then. */
bool control_list_add(struct control_list *l, json_t *item);
/* The answer's body; "more": true where complete is false. The caller owns it. */
json_t *control_list_end(struct control_list *l, bool complete);

/* The id of the last item that the asker has (field "after"), 0 where it has none. */
int64_t control_list_after(const json_t *request);

#endif
