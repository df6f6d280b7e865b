#include "core/roster/cover.h"

#include <string.h>

#include "base/mem.h"

#define SPANS_AT_A_TIME 64

static void take(const struct schedule_span *span, const char *unit, struct cover_span *out, size_t max, size_t *n)
{
	bool doubled = span->rotations > 1;
	struct cover_span *last = *n ? &out[*n - 1] : NULL;

	if (span->people.count && !doubled)
		return;
	if (last && last->to_ms == span->from_ms && last->doubled == doubled) {
		last->to_ms = span->to_ms;
		return;
	}
	if (*n == max)
		return;
	out[*n] = (struct cover_span){ .from_ms = span->from_ms, .to_ms = span->to_ms, .doubled = doubled };
	hl_strlcpy(out[(*n)++].unit, sizeof(out->unit), unit);
}

size_t cover_find(const struct schedule *s, const char *unit, int64_t from_ms, int64_t to_ms, struct cover_span *out, size_t max)
{
	static struct schedule_span spans[SPANS_AT_A_TIME];
	size_t n = 0, got;

	while (from_ms < to_ms) {
		got = schedule_spans(s, SCHEDULE_ALL, unit, from_ms, to_ms, spans, SPANS_AT_A_TIME);
		for (size_t i = 0; i < got; i++)
			take(&spans[i], unit, out, max, &n);
		from_ms = got ? spans[got - 1].to_ms : to_ms;
	}
	if (n && out[n - 1].to_ms == to_ms)
		out[n - 1].open_end = true;
	return n;
}

size_t cover_units(const struct schedule *s, const char *units[SCHEDULE_ROTATIONS_MAX])
{
	size_t n = 0;

	for (size_t r = 0; r < s->rotation_count; r++) {
		size_t i = 0;
		while (i < n && strcmp(units[i], s->rotations[r].unit) != 0)
			i++;
		if (i == n)
			units[n++] = s->rotations[r].unit;
	}
	return n;
}
