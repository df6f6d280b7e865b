/* Overrides of the database as the roster in force follows them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/duty/live_inside.h"
#include "store/store.h"

void live_keep_words(struct live_words *w, const char *text)
{
	if (w->count < LIVE_TOLD_MAX)
		hl_strlcpy(w->list[w->count], sizeof(w->list[0]), text);
	w->count++;
}

static void add_name(const struct roster *r, const char *name, size_t len, struct schedule_override *o)
{
	char copy[64];
	const struct roster_person *p;

	snprintf(copy, sizeof(copy), "%.*s", (int)len, name);
	p = roster_find_name(r, copy);
	if (p && strcmp(p->unit, o->unit) == 0 && o->people.count < SCHEDULE_PEOPLE_MAX)
		o->people.list[o->people.count++] = roster_place(r, p);
}

bool roster_live_override(const struct roster *r, const struct roster_override_row *row, struct schedule_override *out)
{
	const struct schedule *s = roster_schedule(r);

	*out = (struct schedule_override){ .id = row->id, .rotation = SCHEDULE_ALL, .from_ms = row->from_ms, .to_ms = row->to_ms };
	hl_strlcpy(out->unit, sizeof(out->unit), row->unit);
	for (size_t i = 0; *row->rotation && i < s->rotation_count; i++)
		if (strcmp(s->rotations[i].name, row->rotation) == 0 && strcmp(s->rotations[i].unit, row->unit) == 0)
			out->rotation = (int)i;
	for (const char *name = row->names; *name; name += strcspn(name, "\n"), name += *name == '\n')
		add_name(r, name, strcspn(name, "\n"), out);
	if (*row->rotation && out->rotation == SCHEDULE_ALL)
		return false;
	return schedule_has_unit(s, row->unit) && (out->people.count > 0 || !*row->names);
}

static size_t count_names(const char *names)
{
	size_t n = *names != '\0';

	for (; *names; names++)
		n += *names == '\n';
	return n;
}

static void drop(struct roster_live *l, const struct roster_override_row *row, bool whole)
{
	char text[256];

	snprintf(text, sizeof(text), "override %" PRId64 " of %s names %s: hotlinectl roster override remove %" PRId64, row->id, row->unit,
		whole ? "a rotation or only people that the roster does not have, and is not followed" :
		"somebody who is not of its unit in the roster", row->id);
	hl_log(HL_LOG_WARNING, "roster", "override_dropped id=%" PRId64 " unit=%s whole=%d", row->id, row->unit, whole);
	live_keep_words(&l->dropped, text);
}

void live_put_overrides(struct roster_live *l)
{
	struct roster_override_row *rows = hl_calloc(SCHEDULE_OVERRIDES_MAX, sizeof(*rows));
	struct schedule_override *list = hl_calloc(SCHEDULE_OVERRIDES_MAX, sizeof(*list));
	int64_t now = hl_wall_ms(l->core->clock);
	size_t n = roster_override_list(l->core->store, now - ROSTER_LIVE_KEPT_MS, rows, SCHEDULE_OVERRIDES_MAX), kept = 0;

	l->dropped.count = 0;
	for (size_t i = 0; i < n; i++) {
		bool fits = roster_live_override(l->core->roster, &rows[i], &list[kept]);
		if (rows[i].to_ms > now && (!fits || list[kept].people.count < count_names(rows[i].names)))
			drop(l, &rows[i], !fits);
		kept += fits;
	}
	if (!roster_put_overrides(l->core->roster, list, kept)) {
		hl_log(HL_LOG_ERR, "roster", "overrides_left_out count=%zu mend=\"remove overrides: there are too many\"", kept);
		live_keep_words(&l->dropped, "there are too many overrides, and those made at run time are not followed: remove some");
	}
	free(list);
	free(rows);
	live_cover(l, true);
}
