/* The room that looks after the system itself: a few times a minute it looks at the modems, the test texts they send each other,
 * the texts that came in this hour, and writes the metrics. It warns; it decides nothing about texts or people. */
#ifndef HL_CORE_HEALTH_HEALTH_H
#define HL_CORE_HEALTH_HEALTH_H

#include <jansson.h>

#include "core/core.h"

struct health;

struct health *health_new(struct core *core);
void health_free(struct health *h);

/* One look, as the room's timer does it. */
void health_tick(struct core *core);

/* A text that came in at this modem: true if it is one of our own test texts (loop.h), which then is counted and goes no
 * further. Inside a turn. */
bool health_take_loop(struct core *core, const char *modem, const char *text);

/* What is amiss, in words, for `hotlinectl status`: a JSON array of strings. The caller ends with
 * json_decref(). */
json_t *health_complaints(struct core *core);

#endif
