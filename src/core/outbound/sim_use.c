#include "core/outbound/sim_use.h"

#include "store/sim_use.h"

#define HOUR_MS (60 * 60 * INT64_C(1000))
#define DAY_HOURS 24

int64_t sim_use_hour(const struct core *core)
{
	return hl_wall_ms(core->clock) / HOUR_MS;
}

struct sim_use sim_use_get(struct core *core, const char *imsi)
{
	int64_t hour = sim_use_hour(core);
	struct sim_use u = { 0, 0 };

	if (!*imsi)
		return u;
	u.in_hour = store_sim_use_sum(core->store, imsi, hour, hour);
	u.in_day = store_sim_use_sum(core->store, imsi, hour - DAY_HOURS + 1, hour);
	return u;
}

void sim_use_add(struct core *core, const char *imsi, int64_t parts)
{
	int64_t hour = sim_use_hour(core);

	if (!*imsi || parts <= 0)
		return;
	store_sim_use_add(core->store, imsi, hour, parts);
	store_sim_use_forget(core->store, imsi, hour - DAY_HOURS);
}

int64_t sim_use_next_hour(struct core *core)
{
	return hl_boot_ms(core->clock) + HOUR_MS - hl_wall_ms(core->clock) % HOUR_MS;
}
