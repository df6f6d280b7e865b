#include "core/roster/local_time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY_S 86400
#define DAY_MINUTES 1440

struct local_moment local_moment_of(int64_t wall_ms)
{
	time_t t = (time_t)(wall_ms / 1000 - (wall_ms % 1000 < 0));
	struct local_moment m;
	struct tm tm;

	localtime_r(&t, &tm);
	m.weekday = (tm.tm_wday + 6) % 7;
	m.minute = tm.tm_hour * 60 + tm.tm_min;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	m.day = timegm(&tm) / DAY_S;
	return m;
}

static bool day_of(int year, int month, int date, int64_t *day)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = date };
	time_t t;

	if (year < 1970 || year > 2999)
		return false;
	t = timegm(&tm);
	*day = t / DAY_S;
	return tm.tm_mon == month - 1 && tm.tm_mday == date;
}

bool local_day_read(const char *text, int64_t *day)
{
	int year, month, date, used = 0;

	return sscanf(text, "%4d-%2d-%2d%n", &year, &month, &date, &used) == 3 && used == 10 && text[used] == '\0' &&
		day_of(year, month, date, day);
}

bool local_minute_read(const char *text, int64_t *minute)
{
	int hours, minutes, used = 0;

	if (sscanf(text, "%2d:%2d%n", &hours, &minutes, &used) != 2 || used != 5 || text[used] || hours < 0 || minutes < 0 ||
		minutes > 59)
		return false;
	*minute = hours * 60 + minutes;
	return *minute <= DAY_MINUTES;
}

int64_t local_time_of(int64_t day, int64_t minute)
{
	time_t t = (time_t)day * DAY_S;
	struct tm tm;

	gmtime_r(&t, &tm);
	tm.tm_hour = (int)(minute / 60);
	tm.tm_min = (int)(minute % 60);
	tm.tm_isdst = -1;
	return (int64_t)mktime(&tm) * 1000;
}

bool local_time_read(const char *text, int64_t *wall_ms)
{
	char date[11] = "";
	int64_t day, minute = 0;
	size_t len = strlen(text);

	if (len != 10 && (len != 16 || text[10] != ' ' || !local_minute_read(text + 11, &minute)))
		return false;
	memcpy(date, text, 10);
	if (!local_day_read(date, &day))
		return false;
	*wall_ms = local_time_of(day, minute);
	return true;
}

void local_time_write(int64_t wall_ms, char out[17])
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	localtime_r(&t, &tm);
	if (!strftime(out, 17, "%Y-%m-%d %H:%M", &tm))
		out[0] = '\0';
}
