/* campaign.list, show, preview, progress, unknown (core/control/control.h): numbers by operator and district, never by person. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/campaign/campaign_asked.h"
#include "core/campaign/campaign_inside.h"
#include "core/campaign/plan.h"
#include "core/contacts/contacts.h"
#include "core/contacts/eligible.h"
#include "core/control/control_list.h"
#include "core/link/links.h"
#include "store/store.h"
#include "wire/link.h"

#define LIST_PAGE 50
#define UNKNOWN_PAGE 100
#define PART_MS 3500 /* what a part takes at a usual modem, for a forecast */
#define MINUTE_MS 60000

/* ---- one campaign ------------------------------------------------------------------------------------------------------------ */

static void set_counts(void *arg, const struct campaign_count_row *n)
{
	int64_t *states = arg;

	states[n->state] += n->recipients;
}

static json_t *counts_json(struct core *core, int64_t id)
{
	int64_t states[RECIPIENT_STATES] = { 0 };
	json_t *o = json_object();

	campaign_count_each(core->store, id, set_counts, states);
	for (int i = 0; i < RECIPIENT_STATES; i++)
		if (states[i])
			json_object_set_new(o, recipient_state_name((enum recipient_state)i), json_integer(states[i]));
	return o;
}

json_t *campaign_json(struct core *core, const struct campaign_row *row)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "name", row->name, "kind", campaign_kind_name((enum campaign_kind)row->kind),
		"state", campaign_state_name((enum campaign_state)row->state), "why", row->why, "made_by", row->made_by, "approved_by",
		row->approved_by, "planned", row->planned == CAMPAIGN_PLANNED);

	json_object_set_new(o, "recipients", counts_json(core, row->id));
	json_object_set_new(o, "made_ms", json_integer(row->made_ms));
	json_object_set_new(o, "approved_ms", json_integer(row->approved_ms));
	json_object_set_new(o, "start_ms", json_integer(row->start_ms));
	json_object_set_new(o, "started_ms", json_integer(row->started_ms));
	json_object_set_new(o, "finished_ms", json_integer(row->finished_ms));
	json_object_set_new(o, "expires_ms", json_integer(row->expires_ms));
	json_object_set_new(o, "answers_until_ms", json_integer(row->answers_until_ms));
	json_object_set_new(o, "spent", json_integer(row->spent));
	json_object_set_new(o, "budget", json_integer(row->budget));
	return o;
}

void control_campaign_list(struct control_call *call)
{
	struct campaign_row *rows = hl_calloc(LIST_PAGE, sizeof(*rows));
	bool all = json_is_true(json_object_get(call->request, "all"));
	size_t n = campaign_list(call->core->store, all, control_list_after(call->request), rows, LIST_PAGE), i = 0;
	struct control_list list;
	json_t *o;

	control_list_begin(&list, "campaigns");
	for (bool fits = true; i < n && fits; i += fits) {
		o = campaign_json(call->core, &rows[i]);
		json_object_set_new(o, "id", json_integer(rows[i].id));
		fits = control_list_add(&list, o);
	}
	free(rows);
	control_ok(call, control_list_end(&list, n < LIST_PAGE && i == n));
}

/* A text in one language, as it is sent: with its length, parts, coding, and the letter that makes it expensive. */
static json_t *text_json(struct core *core, int64_t id, const char *what, const char *template_text, enum wording_language language)
{
	struct campaign_recipient_row r = { .campaign_id = id, .language = (int)language, .district = "Songinokhairkhan" };
	char text[WIRE_TEXT_MAX + 1], forced[64];
	struct sms_cut cut;

	if (campaign_words(core, &r, template_text, NULL, text, sizeof(text)) < 0 || sms_measure(text, strlen(text), &cut))
		return json_pack("{s:s, s:s, s:s}", "what", what, "language", wording_language_name(language), "error", "does not fit");
	template_forced_by(text, &cut, forced);
	return json_pack("{s:s, s:s, s:s, s:I, s:I, s:s, s:s}", "what", what, "language", wording_language_name(language), "text", text,
		"units", (json_int_t)cut.units, "parts", (json_int_t)cut.parts, "coding", cut.coding == SMS_UCS2 ? "UCS-2" : "GSM-7", "forced_by",
		forced);
}

static void add_texts(json_t *list, struct core *core, int64_t id, const char *what, const struct campaign_text *t)
{
	for (int l = 0; l < WORDING_LANGUAGES; l++)
		if (*t->in[l])
			json_array_append_new(list, text_json(core, id, what, t->in[l], (enum wording_language)l));
}

static json_t *texts_json(struct core *core, const struct campaign_row *row)
{
	const struct campaign_def *def = campaign_def_of(core, row->id);
	json_t *list = json_array();
	char what[32];

	if (!def)
		return list;
	add_texts(list, core, row->id, "first", &def->text);
	for (size_t i = 0; i < def->question_count; i++) {
		snprintf(what, sizeof(what), "question %zu", i + 1);
		add_texts(list, core, row->id, what, &def->questions[i].text);
	}
	add_texts(list, core, row->id, "thanks", &def->thanks);
	return list;
}

void control_campaign_show(struct control_call *call)
{
	struct campaign_row row;
	char *text;
	json_t *o;

	if (!campaign_asked(call, &row))
		return;
	o = json_pack("{s:o, s:o}", "campaign", campaign_json(call->core, &row), "texts", texts_json(call->core, &row));
	text = campaign_get_definition(call->core->store, row.id);
	if (text)
		json_object_set_new(o, "definition", json_string(text));
	free(text);
	control_ok(call, o);
}

/* ---- preview ------------------------------------------------------------------------------------------------------------------- */

struct sums {
	struct core *core;
	json_t *operators, *districts;
	int64_t recipients, parts, cost, left, left_parts; /* left: not sent yet */
};

static void add_to(json_t *list, const char *key, const char *name, const struct campaign_count_row *n, int64_t cost)
{
	json_t *o = NULL, *item;
	size_t i;

	json_array_foreach(list, i, item)
		if (strcmp(json_string_value(json_object_get(item, key)), name) == 0)
			o = item;
	if (!o) {
		o = json_pack("{s:s, s:i, s:i, s:i}", key, name, "recipients", 0, "parts", 0, "cost", 0);
		json_array_append_new(list, o);
	}
	json_object_set_new(o, "recipients", json_integer(json_integer_value(json_object_get(o, "recipients")) + n->recipients));
	json_object_set_new(o, "parts", json_integer(json_integer_value(json_object_get(o, "parts")) + n->parts));
	json_object_set_new(o, "cost", json_integer(json_integer_value(json_object_get(o, "cost")) + cost));
}

static void add_sums(void *arg, const struct campaign_count_row *n)
{
	struct sums *s = arg;
	int64_t cost = campaign_cost(s->core, n->operator_name, n->parts);

	add_to(s->operators, "operator", n->operator_name, n, cost);
	add_to(s->districts, "district", n->district, n, cost);
	s->recipients += n->recipients;
	s->parts += n->parts;
	s->cost += cost;
	if (n->state == RECIPIENT_WAITING || n->state == RECIPIENT_QUEUED) {
		s->left += n->recipients;
		s->left_parts += n->parts;
	}
}

static struct sums sum(struct core *core, int64_t id)
{
	struct sums s = { .core = core, .operators = json_array(), .districts = json_array() };

	campaign_count_each(core->store, id, add_sums, &s);
	return s;
}

static void add_left_out(void *arg, const char *reason, int64_t people)
{
	json_array_append_new(arg, json_pack("{s:s, s:I}", "reason", reason, "people", (json_int_t)people));
}

/* What the SIMs that may carry it can do. */
static int64_t forecast_s(struct core *core, const struct campaign_def *def, const struct sums *s)
{
	struct campaign_speed speed = { .texts = s->left, .parts = s->left_parts, .part_ms = PART_MS, .per_minute = def->per_minute,
		.hours = { def->from_min, def->to_min, def->days },
		.house = { core->config->campaign_open.from_min, core->config->campaign_open.to_min, 0x7F } };
	bool minute = true, hour = true, day = true;
	struct link_view v;

	for (size_t i = 0; core->links && links_view(core->links, i, &v); i++) {
		if (!v.ready || !v.connected || v.config->reserved || v.stranger)
			continue;
		speed.sims++;
		minute = minute && v.config->campaign_per_minute;
		hour = hour && v.config->per_hour;
		day = day && v.config->per_day;
		speed.sim_per_minute += v.config->campaign_per_minute;
		speed.sim_per_hour += v.config->per_hour * 4 / 5; /* campaigns leave a fifth */
		speed.sim_per_day += v.config->per_day * 4 / 5;
	}
	speed.sim_per_minute = minute ? speed.sim_per_minute : 0;
	speed.sim_per_hour = hour ? speed.sim_per_hour : 0;
	speed.sim_per_day = day ? speed.sim_per_day : 0;
	return campaign_forecast_s(&speed);
}

static json_t *preview_json(struct core *core, const struct campaign_row *row)
{
	const struct campaign_def *def = campaign_def_of(core, row->id);
	struct sums s = sum(core, row->id);
	json_t *left_out = json_array();
	json_t *o = json_pack("{s:o, s:o, s:o, s:o, s:I, s:I, s:I}", "campaign", campaign_json(core, row), "texts", texts_json(core, row),
		"operators", s.operators, "districts", s.districts, "recipients", (json_int_t)s.recipients, "parts", (json_int_t)s.parts, "cost",
		(json_int_t)s.cost);

	campaign_left_out_each(core->store, row->id, add_left_out, left_out);
	json_object_set_new(o, "left_out", left_out);
	json_object_set_new(o, "currency", json_string(core->config->operator_count ? core->config->operators[0].currency : ""));
	json_object_set_new(o, "takes_s", json_integer(def ? forecast_s(core, def, &s) : -1));
	json_object_set_new(o, "least", json_integer(row->kind == CAMPAIGN_KEYWORD ? 0 : core->config->campaign_least));
	json_object_set_new(o, "two_people", json_boolean(s.recipients > core->config->campaign_two_above));
	return o;
}

struct previewing { struct control_call *call; int64_t id; };

static void on_planned(void *arg, int err)
{
	struct previewing *p = arg;
	struct control_call *call = p->call;
	struct campaign_row row;

	if (err == HL_ENOENT)
		control_fail(call, err, "a group of this campaign is gone: hotlinectl contacts groups");
	else if (err || !campaign_get(call->core->store, p->id, &row))
		control_fail(call, err ? err : HL_ENOENT, "planning failed: %s", hl_strerror(err ? err : HL_ENOENT));
	else
		control_ok(call, preview_json(call->core, &row));
	free(p);
}

void control_campaign_preview(struct control_call *call)
{
	struct campaign_row row;
	struct previewing *p;
	int err;

	if (!campaign_asked(call, &row))
		return;
	if (row.state != CAMPAIGN_DRAFT) {
		control_ok(call, preview_json(call->core, &row));
		return;
	}
	if (planning_at(call->core)) {
		control_fail(call, HL_EBUSY, "another campaign is being planned: try again in a few seconds");
		return;
	}
	if (contacts_import_is_applying(call->core)) { /* a part of its people would be planned, and the others not */
		control_fail(call, HL_EBUSY, "a list of contacts is being taken in: try again in a few seconds");
		return;
	}
	p = hl_calloc(1, sizeof(*p));
	*p = (struct previewing){ control_keep(call), row.id };
	err = planning_start(call->core, row.id, on_planned, p);
	if (err)
		on_planned(p, err);
}

/* ---- progress ------------------------------------------------------------------------------------------------------------------- */

/* Texts a minute of late, of all campaigns; the minute that is running is left out. */
static int64_t rate_per_hour(struct core *core)
{
	const struct campaigns *c = core->campaigns;
	int64_t minute = hl_boot_ms(core->clock) / MINUTE_MS, sent = 0, minutes = 0;

	for (size_t i = 0; i < SPEED_SLOTS; i++) {
		if (c->speed[i].minute >= minute || c->speed[i].minute <= minute - SPEED_SLOTS)
			continue;
		sent += c->speed[i].sent;
		minutes++;
	}
	return minutes ? sent * 60 / minutes : 0;
}

void control_campaign_progress(struct control_call *call)
{
	struct core *core = call->core;
	const struct campaign_def *def;
	struct campaign_row row;
	int64_t rate, left_s;
	struct sums s;
	json_t *o;

	if (!campaign_asked(call, &row))
		return;
	s = sum(core, row.id);
	rate = rate_per_hour(core);
	def = campaign_def_of(core, row.id);
	if (s.left == 0 || row.state >= CAMPAIGN_FINISHED)
		left_s = 0;
	else if (rate > 0 && row.state == CAMPAIGN_RUNNING)
		left_s = s.left * 3600 / rate;
	else
		left_s = def ? forecast_s(core, def, &s) : -1;
	o = json_pack("{s:o, s:I, s:I, s:I, s:I}", "campaign", campaign_json(core, &row), "total", (json_int_t)s.recipients, "left",
		(json_int_t)s.left, "per_hour", (json_int_t)rate, "left_s", (json_int_t)left_s);
	json_object_set_new(o, "currency", json_string(core->config->operator_count ? core->config->operators[0].currency : ""));
	json_decref(s.operators);
	json_decref(s.districts);
	control_ok(call, o);
}

/* Who may or may not have got it: by the contact's id in the list of contacts, so that a person can decide; no number. */
void control_campaign_unknown(struct control_call *call)
{
	struct campaign_recipient_row *rows;
	struct control_list list;
	struct campaign_row row;
	struct outbox_row out;
	size_t n, i = 0;

	if (!campaign_asked(call, &row))
		return;
	rows = hl_calloc(UNKNOWN_PAGE, sizeof(*rows));
	n = campaign_recipient_unknown(call->core->store, row.id, control_list_after(call->request), rows, UNKNOWN_PAGE);
	control_list_begin(&list, "recipients");
	for (bool fits = true; i < n && fits; i += fits) {
		bool found = store_outbox_get(call->core->store, rows[i].outbox_id, &out);
		fits = control_list_add(&list, json_pack("{s:I, s:I, s:s, s:s, s:s, s:I, s:s}", "id", (json_int_t)rows[i].subscriber_id, "outbox",
			(json_int_t)rows[i].outbox_id, "district", rows[i].district, "operator", rows[i].operator_name, "modem", found ? out.modem : "",
			"updated_ms", (json_int_t)rows[i].updated_ms, "why", rows[i].why));
	}
	free(rows);
	control_ok(call, control_list_end(&list, n < UNKNOWN_PAGE && i == n));
}
