/* Warnings to whoever runs the system: short texts of the wording (sys.*) to the operators of the roster, by any modem that is
 * ready, and an event for those who watch. A warning names a part of the system, never a person. */
#ifndef HL_CORE_OUTBOUND_WARN_H
#define HL_CORE_OUTBOUND_WARN_H

#include "core/config/wording.h"
#include "core/core.h"

struct roster_person;

/* Queues the text of this key for one person of the roster; an empty text sends nothing. args may be NULL. Inside a turn. */
void warn_person(struct core *core, const struct roster_person *p, const char *key, const struct wording_arg *args);

/* Queues the text of this key for each operator, and tells `warning` with the key and what (a modem, "queue") to the watchers.
 * args may be NULL. Inside a turn. Once for each incident: who calls this keeps count of that. */
void warn_operator(struct core *core, const char *key, const char *what, const struct wording_arg *args);

/* The same to the coordinators, too: what is about people, and not for the operators alone. */
void warn_people(struct core *core, const char *key, const char *what);

#endif
