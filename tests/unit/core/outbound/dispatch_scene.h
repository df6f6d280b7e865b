/* What the tests of the dispatcher begin with: a world with one officer, a text for a texter, one for the officer. */
#ifndef HL_TESTS_DISPATCH_SCENE_H
#define HL_TESTS_DISPATCH_SCENE_H

#include "unit/core/outbound/outbound_world.h"

#define DISPATCH_TEXTER "+97600009001"
#define DISPATCH_OFFICER "+97600001001"

int dispatch_setup(void **state);
int dispatch_teardown(void **state);

/* Their ids. */
int64_t dispatch_receipt(const char *text);
int64_t dispatch_alert(const char *text);

/* One text is leased and submitting at the only link, which has go for it. */
struct world_link *dispatch_begin(int64_t id);

/* The counters of the outbox agree with its rows. */
void dispatch_assert_counts(void);

#endif
