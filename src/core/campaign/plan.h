/* Planning: who of a selection gets a campaign, a row for each, counted by district, operator, language and parts. In slices, each a turn of
 * its own of a few milliseconds, so that a text that comes in meanwhile does not wait; holds a page of people, however many there are. */
#ifndef HL_CORE_CAMPAIGN_PLAN_H
#define HL_CORE_CAMPAIGN_PLAN_H

#include "core/core.h"

#define PLAN_SLICE_MS 8

struct planning;

struct planning *planning_new(struct core *core);
void planning_free(struct planning *p);

/* Plans a draft anew; done is called once, when it is planned or failed (HL_ESTATE: it is no draft any more, or the core ends; HL_ENOENT: a
 * group of it is gone). HL_EBUSY: another one is being planned. */
int planning_start(struct core *core, int64_t campaign_id, void (*done)(void *arg, int err), void *arg);

/* The campaign that is being planned, 0: none. */
int64_t planning_at(const struct core *core);

#endif
