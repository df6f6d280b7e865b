#include "core/people/read_policy.h"

#include <string.h>

#include "core/triage/triage.h"

static bool below(int64_t n, int64_t limit)
{
	return limit == 0 || n < limit;
}

bool read_may(const struct read_limits *limits, const struct read_facts *f)
{
	if (f->own)
		return below(f->own_hour, limits->own_hour) && below(f->own_day, limits->own_day);
	return below(f->hour - f->own_hour, limits->hour) && below(f->day - f->own_day, limits->day);
}

bool read_is_own(const struct read_case *c, const char *person)
{
	return strcmp(c->owner, person) == 0 || c->alerted || (c->waits && c->urgency >= TRIAGE_HIGH);
}
