/* campaign.results, campaign.rows, campaign.activities (core/control/control.h): numbers by question, district and day,
 * never by person. How many reports followed is told only of so many people that it points at none of them. */
#include <stdio.h>
#include <string.h>

#include "core/campaign/answer.h"
#include "core/campaign/campaign_asked.h"
#include "core/campaign/recipient_state.h"
#include "core/config/config.h"
#include "core/control/control_list.h"
#include "core/roster/local_time.h"

#define CELL_LEAST 10 /* people of whom it may be told how many reported something */

struct results {
	const struct campaign_def *def;
	json_t *districts, *days, *questions, *total; /* sums: by name an object of numbers */
};

static void add(json_t *o, const char *key, int64_t n)
{
	json_object_set_new(o, key, json_integer(json_integer_value(json_object_get(o, key)) + n));
}

static json_t *part_of(json_t *all, const char *name)
{
	json_t *o = json_object_get(all, *name ? name : "?");

	if (!o) {
		o = json_object();
		json_object_set_new(all, *name ? name : "?", o);
	}
	return o;
}

static void add_everywhere(struct results *r, const char *day, const char *district, const char *key, int64_t n)
{
	add(part_of(r->districts, district), key, n);
	add(part_of(r->days, day), key, n);
	add(r->total, key, n);
}

/* Counted in the district and in all, whatever the day. */
static void on_count(void *arg, const struct campaign_count_row *n)
{
	struct results *r = arg;

	add(part_of(r->districts, n->district), "recipients", n->recipients);
	add(part_of(r->districts, n->district), recipient_state_name((enum recipient_state)n->state), n->recipients);
	add(r->total, "recipients", n->recipients);
	add(r->total, recipient_state_name((enum recipient_state)n->state), n->recipients);
}

/* ---- few people ---------------------------------------------------------------------------------------------------------- */

static void hide(json_t *sums)
{
	for (int state = 0; state < RECIPIENT_STATES; state++)
		if (json_object_get(sums, recipient_state_name((enum recipient_state)state)))
			json_object_set_new(sums, recipient_state_name((enum recipient_state)state), json_null());
}

static bool is_hidden(struct results *r, const char *district)
{
	return json_is_null(json_object_get(part_of(r->districts, district), "failed"));
}

/* How many of a district got their text is hidden where they are few: who has an open case gets none, and counts as failed. Where all that is hidden
 * is few, the next smallest district is hidden, too: else it would be the difference to the whole. */
static void hide_few(struct results *r, int64_t least)
{
	int64_t few = 0, smallest = INT64_MAX;
	json_t *sums, *next = NULL;
	const char *name;

	json_object_foreach(r->districts, name, sums) {
		int64_t n = json_integer_value(json_object_get(sums, "recipients"));
		if (n > 0 && n < least) {
			few += n;
			add(sums, "failed", 0); /* none is a number, too */
			hide(sums);
		} else if (n > 0 && n < smallest) {
			smallest = n;
			next = sums;
		}
	}
	if (few && few < least && next) {
		add(next, "failed", 0);
		hide(next);
	}
}

static void on_day(void *arg, const char *day, const char *district, int state, int64_t n)
{
	struct results *r = arg;

	(void)district;
	if (n)
		add(part_of(r->days, day), recipient_state_name((enum recipient_state)state), n);
}

static const struct campaign_option *option_of(const struct results *r, const struct result_key *k)
{
	const struct campaign_question *q = r->def && k->question >= 1 && k->question <= (int64_t)r->def->question_count ?
		&r->def->questions[k->question - 1] : NULL;

	return q && k->option >= 1 && k->option <= (int64_t)q->option_count ? &q->options[k->option - 1] : NULL;
}

/* What stands for an option in tables. */
static const char *option_name(const struct results *r, const struct result_key *k)
{
	const struct campaign_option *o = option_of(r, k);

	if (o)
		return o->key;
	return k->option == ANSWER_FREE ? "words" : k->option == ANSWER_UNREAD ? "unread" : "none";
}

static void on_result(void *arg, const struct result_key *k, int64_t n)
{
	static const char *const beside[] = { [RESULT_LATE] = "late", [RESULT_STOPPED] = "opted out" };
	struct results *r = arg;
	const struct campaign_option *o = option_of(r, k);
	char question[24];

	if (k->question == RESULT_BESIDE && k->option == RESULT_TIPS) {
		add(part_of(r->districts, k->district), "tips", n);
		return;
	}
	if (k->question == RESULT_BESIDE) {
		if (k->option == RESULT_LATE || k->option == RESULT_STOPPED)
			add_everywhere(r, k->day, k->district, beside[k->option], n);
		return;
	}
	if (k->question == 1)
		add_everywhere(r, k->day, k->district, "answered", n);
	if (o && o->right)
		add_everywhere(r, k->day, k->district, "right", n);
	snprintf(question, sizeof(question), "%lld", (long long)k->question);
	add(part_of(r->questions, question), option_name(r, k), n);
}

static int64_t reached(const json_t *sums)
{
	static const char *const states[] = { "sent", "delivered", "undelivered" };
	int64_t n = 0;

	for (size_t i = 0; i < 3; i++)
		n += json_integer_value(json_object_get(sums, states[i]));
	return n;
}

/* Null where so few were reached that the number could point at somebody. In all are those of the districts that are shown, and of the others only
 * where they are many together: else what was hidden would be the difference. */
static void hide_tips(struct results *r)
{
	int64_t few_reached = 0, few_tips = 0, tips = 0;
	const char *name;
	json_t *sums;
	int few = 0;

	json_object_foreach(r->districts, name, sums) {
		add(sums, "tips", 0);
		if (reached(sums) >= CELL_LEAST) {
			tips += json_integer_value(json_object_get(sums, "tips"));
			continue;
		}
		few++;
		few_reached += reached(sums);
		few_tips += json_integer_value(json_object_get(sums, "tips"));
		json_object_set_new(sums, "tips", json_null());
	}
	if (few > 1 && few_reached >= CELL_LEAST)
		tips += few_tips;
	json_object_set_new(r->total, "tips", reached(r->total) < CELL_LEAST ? json_null() : json_integer(tips));
}

/* {name: sums} as a list of {key: name, sums...}. Takes it over. */
static json_t *list_of(json_t *all, const char *key)
{
	json_t *list = json_array(), *sums;
	const char *name;

	json_object_foreach(all, name, sums) {
		json_t *o = json_pack("{s:s}", key, name);
		json_object_update(o, sums);
		json_array_append_new(list, o);
	}
	json_decref(all);
	return list;
}

/* All of a question's options in its order, those nobody chose too. */
static json_t *questions_json(const struct results *r)
{
	json_t *list = json_array();

	for (size_t i = 0; r->def && i < r->def->question_count; i++) {
		const struct campaign_question *q = &r->def->questions[i];
		json_t *options = json_array(), *sums;
		char name[24];
		snprintf(name, sizeof(name), "%zu", i + 1);
		sums = part_of(r->questions, name);
		for (size_t o = 0; o < q->option_count; o++)
			json_array_append_new(options, json_pack("{s:s, s:s, s:b, s:I}", "option", q->options[o].key, "label",
				*q->options[o].label ? q->options[o].label : q->options[o].key, "right", q->options[o].right, "answers",
				json_integer_value(json_object_get(sums, q->options[o].key))));
		json_array_append_new(list, json_pack("{s:I, s:o, s:I, s:I, s:I}", "question", (json_int_t)i + 1, "options", options, "words",
			json_integer_value(json_object_get(sums, "words")), "unread", json_integer_value(json_object_get(sums, "unread")), "none",
			json_integer_value(json_object_get(sums, "none"))));
	}
	return list;
}

void control_campaign_results(struct control_call *call)
{
	struct core *core = call->core;
	struct results r = { .def = NULL };
	struct campaign_row row;
	json_t *body;

	if (!campaign_asked(call, &row))
		return;
	r = (struct results){ campaign_def_of(core, row.id), json_object(), json_object(), json_object(), json_object() };
	campaign_count_each(core->store, row.id, on_count, &r);
	campaign_day_each(core->store, row.id, on_day, &r);
	result_each(core->store, row.id, on_result, &r);
	hide_tips(&r);
	hide_few(&r, core->config->campaign_least);
	body = json_pack("{s:o, s:o, s:o, s:o, s:I}", "campaign", campaign_json(core, &row), "total", r.total, "questions", questions_json(&r),
		"districts", list_of(r.districts, "district"), "tip_days", (json_int_t)core->config->campaign_tip_days);
	json_object_set_new(body, "days", list_of(r.days, "day"));
	json_decref(r.questions);
	control_ok(call, body);
}

/* ---- rows for a table -------------------------------------------------------------------------------------------------- */

struct rows { struct results r; struct control_list list; int64_t at, after; bool fits; };

static void add_row(struct rows *w, const char *day, const char *district, const char *what, int64_t question, const char *option, int64_t n)
{
	if (w->at++ < w->after || !w->fits)
		return;
	w->fits = control_list_add(&w->list, json_pack("{s:I, s:s, s:s, s:s, s:I, s:s, s:I}", "id", (json_int_t)w->at, "day", day, "district", district,
		"what", what, "question", (json_int_t)question, "option", option, "n", (json_int_t)n));
}

static void row_of_day(void *arg, const char *day, const char *district, int state, int64_t n)
{
	struct rows *w = arg;

	if (n && !is_hidden(&w->r, district))
		add_row(w, day, district, recipient_state_name((enum recipient_state)state), 0, "", n);
}

static void row_of_result(void *arg, const struct result_key *k, int64_t n)
{
	struct rows *w = arg;
	const struct campaign_option *o = option_of(&w->r, k);

	if (k->question != RESULT_BESIDE)
		add_row(w, k->day, k->district, o && o->right ? "right answer" : "answer", k->question, option_name(&w->r, k), n);
	else if (k->option != RESULT_TIPS) /* by district and day they are few */
		add_row(w, k->day, k->district, k->option == RESULT_LATE ? "late answer" : "opted out", 0, "", n);
}

void control_campaign_rows(struct control_call *call)
{
	struct core *core = call->core;
	struct rows w = { .after = control_list_after(call->request), .fits = true };
	struct campaign_row row;

	if (!campaign_asked(call, &row))
		return;
	w.r = (struct results){ campaign_def_of(core, row.id), json_object(), NULL, NULL, json_object() };
	campaign_count_each(core->store, row.id, on_count, &w.r);
	hide_few(&w.r, core->config->campaign_least);
	control_list_begin(&w.list, "rows");
	campaign_day_each(core->store, row.id, row_of_day, &w);
	result_each(core->store, row.id, row_of_result, &w);
	json_decref(w.r.districts);
	json_decref(w.r.total);
	if (!w.after)
		campaign_record(call, "campaign.export", row.name, "without numbers");
	control_ok(call, control_list_end(&w.list, w.fits));
}

/* ---- indicators -------------------------------------------------------------------------------------------------------- */

struct activities { struct core *core; json_t *districts; int64_t engaged, targets; };

static void on_district(void *arg, const char *name, int64_t people)
{
	struct activities *a = arg;
	bool target = false;
	const char *known;

	for (size_t i = 0; (known = triage_district_name(a->core->rules, i, &target)); i++)
		if (strcmp(known, name) == 0)
			break;
	target = known && target;
	a->engaged += *name != '\0';
	a->targets += target;
	json_array_append_new(a->districts, json_pack("{s:s, s:I, s:b}", "district", *name ? name : "?", "people", (json_int_t)people, "target", target));
}

void control_campaign_activities(struct control_call *call)
{
	const char *from = control_need(call, "from", 32), *to = from ? control_need(call, "to", 32) : NULL;
	struct activities a = { call->core, NULL, 0, 0 };
	int64_t from_ms, to_ms, campaigns;

	if (!to)
		return;
	if (!local_time_read(from, &from_ms) || !local_time_read(to, &to_ms) || from_ms >= to_ms) {
		control_fail(call, HL_EINVAL, "from and to are days, such as 2026-01-01 and 2027-01-01, the first before the second");
		return;
	}
	a.districts = json_array();
	result_activities(call->core->store, from_ms, to_ms, &campaigns, on_district, &a);
	control_ok(call, json_pack("{s:I, s:I, s:I, s:o}", "activities", (json_int_t)campaigns, "districts_engaged", (json_int_t)a.engaged,
		"target_districts_engaged", (json_int_t)a.targets, "districts", a.districts));
}
