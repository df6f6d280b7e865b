/* What each SIM has sent in this hour and in the last 24, so that it sends no more than its operator lets it, or than is paid
 * for. On disk, by IMSI: a restart or another modem changes nothing. A text that went out with a lost reply counts as one part. */
#ifndef HL_CORE_OUTBOUND_SIM_USE_H
#define HL_CORE_OUTBOUND_SIM_USE_H

#include "core/core.h"

struct sim_use { int64_t in_hour, in_day; };

/* Of the SIM, now; zeros where nobody knows the IMSI yet (""). */
struct sim_use sim_use_get(struct core *core, const char *imsi);

/* It has sent so many parts. Inside the turn. */
void sim_use_add(struct core *core, const char *imsi, int64_t parts);

/* The hour caps are counted in, and the boot time at which the next one begins. */
int64_t sim_use_hour(const struct core *core);
int64_t sim_use_next_hour(struct core *core);

#endif
