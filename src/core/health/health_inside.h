/* What the files of this room share; no other file includes it. */
#ifndef HL_CORE_HEALTH_HEALTH_INSIDE_H
#define HL_CORE_HEALTH_HEALTH_INSIDE_H

#include "base/seldom.h"
#include "core/config/config.h"
#include "core/health/health.h"
#include "core/health/loop.h"
#include "core/health/modem_news.h"
#include "core/health/quiet.h"

struct modem_entry {
	char name[33];
	struct modem_mood mood;
};

struct health {
	struct core *core;
	struct loop *loop; /* NULL: switched off */
	struct quiet *quiet;
	struct modem_entry modems[CONFIG_MODEMS_MAX];
	size_t modem_count;
	int64_t metrics_boot_ms; /* when they are written next */
	struct hl_seldom unwritten;
	struct event *timer;
};

#endif
