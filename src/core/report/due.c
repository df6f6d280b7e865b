#include "core/report/due.h"

#include <time.h>

/* The minute of that local day; days are normalised, so that day 0 is the last of the month before. */
static int64_t at(const struct tm *day, int date, int64_t minute)
{
	struct tm tm = { .tm_year = day->tm_year, .tm_mon = day->tm_mon, .tm_mday = date, .tm_hour = (int)(minute / 60),
		.tm_min = (int)(minute % 60), .tm_isdst = -1 };

	return (int64_t)mktime(&tm) * 1000;
}

static struct tm local(int64_t now_ms)
{
	time_t t = (time_t)(now_ms / 1000);
	struct tm tm;

	localtime_r(&t, &tm);
	return tm;
}

int64_t due_daily(int64_t now_ms, int64_t minute)
{
	const struct tm tm = local(now_ms);
	int64_t today = at(&tm, tm.tm_mday, minute);

	return today <= now_ms ? today : at(&tm, tm.tm_mday - 1, minute);
}

int64_t due_monthly(int64_t now_ms, int date, int64_t minute)
{
	struct tm tm = local(now_ms);
	int64_t this_month = at(&tm, date, minute);

	if (this_month <= now_ms)
		return this_month;
	tm.tm_mon--; /* mktime() makes December of January's -1 */
	return at(&tm, date, minute);
}

bool due_is_now(int64_t due_ms, int64_t last_ms)
{
	return last_ms > 0 && last_ms < due_ms;
}
