/* Counts the texts of each hour on disk and warns once when it has become unusually quiet (silence.h). */
#ifndef HL_CORE_HEALTH_QUIET_H
#define HL_CORE_HEALTH_QUIET_H

#include "core/core.h"

struct quiet;

struct quiet *quiet_new(struct core *core);
void quiet_free(struct quiet *q);

/* Keeps what came in since the last call; at the end of an hour, judges. Opens a turn where it has something to write. */
void quiet_tick(struct quiet *q);

/* For how many hours it has been too quiet; 0: it has not. */
size_t quiet_hours(const struct quiet *q);

#endif
