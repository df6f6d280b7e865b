#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/error.h"

static int64_t read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int64_t system_wall_ms(void *arg)
{
	(void)arg;
	return read_clock(CLOCK_REALTIME);
}

static int64_t system_boot_ms(void *arg)
{
	(void)arg;
	return read_clock(CLOCK_BOOTTIME);
}

const struct hl_clock hl_clock_system = { system_wall_ms, system_boot_ms, NULL };

int hl_boot_id(char id[37])
{
	FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
	size_t n = 0;

	if (f) {
		n = fread(id, 1, 36, f);
		fclose(f);
	}
	id[n] = '\0';
	return n == 36 ? 0 : HL_EIO;
}

void hl_format_utc(int64_t wall_ms, char out[21])
{
	time_t s = (time_t)(wall_ms / 1000);
	struct tm tm;

	if (!gmtime_r(&s, &tm) || strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		memcpy(out, "?", 2);
}
