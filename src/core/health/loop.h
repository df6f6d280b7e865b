/* The dead-man loop: on a schedule each modem is sent a text by another one of ours. What does not arrive in time is told to the
 * operator, because nobody else would notice that a SIM receives nothing. Only modems that are ready and whose number the
 * configuration names take part; a single one texts itself. */
#ifndef HL_CORE_HEALTH_LOOP_H
#define HL_CORE_HEALTH_LOOP_H

#include <jansson.h>

#include "core/core.h"

struct loop;

/* NULL where loop_s is 0. */
struct loop *loop_new(struct core *core);
void loop_free(struct loop *l);

/* Sends what is due and tells what is overdue. Opens a turn where it has something to write. */
void loop_tick(struct loop *l);

/* The test text made by `from` arrived at this modem. */
void loop_arrived(struct loop *l, const char *modem, const char *from, int64_t made_ms);

/* Of the way to this modem: milliseconds its last test text took, -1 where none arrived yet; whether one is overdue; wall time
 * of the last arrival or 0. */
struct loop_state { int64_t took_ms, arrived_ms; bool overdue; };
struct loop_state loop_state_of(const struct loop *l, const char *modem);

void loop_complain(const struct loop *l, json_t *list);

#endif
