#include "core/people/lineage.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct person_row *find(const struct person_row *people, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(people[i].name, name) == 0)
			return &people[i];
	return NULL;
}

/* Steps up from name to who added whom; the count bounds a circle, which only a damaged database has. */
static bool goes_back_to(const struct person_row *people, size_t count, const char *name, const char *to)
{
	for (size_t steps = 0; steps <= count && *name; steps++) {
		const struct person_row *p;
		if (strcmp(name, to) == 0)
			return true;
		p = find(people, count, name);
		name = p ? p->added_by : "";
	}
	return false;
}

static bool has_common(const struct person_row *people, size_t count, const char *one, const char *other)
{
	for (size_t i = 0; i < count; i++)
		if (goes_back_to(people, count, one, people[i].name) && goes_back_to(people, count, other, people[i].name))
			return true;
	return false;
}

static bool is_new(const struct person_row *people, size_t count, const char *name, int64_t now_ms)
{
	const struct person_row *p = find(people, count, name);

	return p && (now_ms - p->created_ms < LINEAGE_NEW_MS);
}

bool lineage_are_two(const struct person_row *people, size_t count, const char *one, const char *other, int64_t now_ms)
{
	if (goes_back_to(people, count, one, other) || goes_back_to(people, count, other, one))
		return false;
	return !has_common(people, count, one, other) ||
		(!is_new(people, count, one, now_ms) && !is_new(people, count, other, now_ms));
}

bool lineage_are_two_now(struct core *core, const char *one, const char *other)
{
	struct person_row *people = hl_calloc(PERSONS_MAX, sizeof(*people));
	size_t count = person_row_list(core->store, people, PERSONS_MAX);
	bool two = lineage_are_two(people, count, one, other, hl_wall_ms(core->clock));

	free(people);
	return two;
}
