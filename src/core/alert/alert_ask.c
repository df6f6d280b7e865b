#include "core/alert/alert_ask.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/alert/swap.h"
#include "text/utf8.h"

#define NAMES_MAX 28 /* characters; wording_check.c measures with them */
#define NEXT_MAX 14
#define AHEAD_MS INT64_C(604800000) /* who is next is looked for within a week */
#define SPANS 32

/* ---- WHO ----------------------------------------------------------------------------------------------------------------------- */

static size_t characters(const char *text)
{
	size_t count = 0, len = strlen(text);
	uint32_t cp;

	for (size_t at = 0; at < len; count++)
		at += utf8_read(text + at, len - at, &cp, NULL);
	return count;
}

void alert_shorten(char *text, size_t most)
{
	size_t at = 0, len = strlen(text);
	uint32_t cp;

	for (size_t i = 0; i < most && at < len; i++)
		at += utf8_read(text + at, len - at, &cp, NULL);
	text[at] = '\0';
}

struct names { char *text; size_t size, most, left_out; };

static void add_name(struct names *n, const struct roster_person *p)
{
	size_t len = strlen(n->text);

	if (len && characters(n->text) + 2 + characters(p->name) + 3 > n->most) { /* " +9" has room */
		n->left_out++;
		return;
	}
	snprintf(n->text + len, n->size - len, "%s%s", len ? ", " : "", p->name);
}

static void end_names(struct names *n)
{
	size_t len = strlen(n->text);

	if (!len)
		hl_strlcpy(n->text, n->size, "-");
	alert_shorten(n->text, n->left_out ? n->most - 3 : n->most);
	len = strlen(n->text);
	if (n->left_out)
		snprintf(n->text + len, n->size - len, " +%zu", n->left_out < 9 ? n->left_out : 9);
}

static void name_people(const struct roster *r, const struct schedule_people *people, char *out, size_t size, size_t most)
{
	struct names n = { out, size, most, 0 };

	out[0] = '\0';
	for (size_t i = 0; people && i < people->count; i++)
		add_name(&n, roster_person(r, people->list[i]));
	end_names(&n);
}

/* Without rotations every officer of the unit is on duty, always. */
static void name_all(const struct roster *r, const char *unit, char *out, size_t size, size_t most)
{
	struct names n = { out, size, most, 0 };

	out[0] = '\0';
	for (size_t i = 0; i < roster_count(r); i++)
		if (roster_person(r, i)->role == ROSTER_OFFICER && strcmp(roster_person(r, i)->unit, unit) == 0)
			add_name(&n, roster_person(r, i));
	end_names(&n);
}

static bool same_people(const struct schedule_people *a, const struct schedule_people *b)
{
	return a->count == b->count && memcmp(a->list, b->list, a->count * sizeof(a->list[0])) == 0;
}

static void name_next(const struct roster *r, const char *unit, const struct schedule_people *now, int64_t wall_ms, char *out,
	size_t size)
{
	static struct schedule_span spans[SPANS];
	size_t n = schedule_spans(roster_schedule(r), SCHEDULE_ALL, unit, wall_ms, wall_ms + AHEAD_MS, spans, SPANS), i = 0;

	while (i < n && (spans[i].from_ms <= wall_ms || spans[i].people.count == 0 || same_people(&spans[i].people, now)))
		i++;
	name_people(r, i < n ? &spans[i].people : NULL, out, size, NEXT_MAX);
}

/* Only of their own unit: who sits where conflicts of interest go is nobody else's to know. */
static const char *do_who(const struct asked *a)
{
	const struct roster *r = a->core->roster;
	int64_t now = hl_wall_ms(a->core->clock);
	char names[SCHEDULE_PEOPLE_MAX * 66], next[SCHEDULE_PEOPLE_MAX * 66];
	const struct wording_arg args[] = { { "names", names }, { "next", next }, { NULL, NULL } };
	struct schedule_people people;

	if (schedule_has_unit(roster_schedule(r), a->person->unit)) {
		schedule_unit_on_duty(roster_schedule(r), a->person->unit, now, &people);
		name_people(r, &people, names, sizeof(names), NAMES_MAX);
		name_next(r, a->person->unit, &people, now, next, sizeof(next));
	} else {
		name_all(r, a->person->unit, names, sizeof(names), NAMES_MAX);
		hl_strlcpy(next, sizeof(next), "-");
	}
	alert_answer_idly(a->core, a->person, "who.now", args);
	return "told";
}

/* ---- HELP ---------------------------------------------------------------------------------------------------------------------- */

static const char *do_help(const struct asked *a, int64_t *help_boot_ms, bool *done)
{
	int64_t now = hl_boot_ms(a->core->clock), before = *help_boot_ms;
	struct alert_row open;
	bool again = before && now >= before && now - before < ALERT_HELP_AGAIN_MS;

	*help_boot_ms = now;
	*done = a->command->verb == ALERT_VERB_LIST || (!again && store_alert_open_for(a->core->store, a->person->name, &open, 1) > 0);
	if (again && !*done)
		return "a call for help";
	alert_answer_idly(a->core, a->person, *done && a->command->verb == ALERT_VERB_HELP ? "help.officer" : "help.list", NULL);
	return *done ? "told" : "told, and perhaps a call for help";
}

const char *alert_ask(const struct asked *a, int64_t *help_boot_ms, bool *done)
{
	enum alert_verb verb = a->command->verb;

	if (verb == ALERT_VERB_HELP || verb == ALERT_VERB_LIST)
		return do_help(a, help_boot_ms, done);
	if (verb == ALERT_VERB_SWAP)
		return swap_ask(a, done);
	*done = verb == ALERT_VERB_WHO;
	return *done ? do_who(a) : NULL;
}
