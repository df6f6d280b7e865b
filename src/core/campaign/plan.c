#include "core/campaign/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/campaign/campaign_inside.h"
#include "conf/conf.h"
#include "core/contacts/eligible.h"
#include "core/number.h"
#include "core/turn.h"
#include "store/store.h"
#include "store/subscriber_select.h"
#include "vault/vault.h"
#include "wire/link.h"

#define PAGE 64             /* people that are read together */
#define SLICE_PAGES 16      /* of a slice at most, whatever the clock says */
#define UNPLAN_BATCH 1000   /* rows of the former plan that are taken back in a slice */
#define COUNTS_MAX 96       /* counts that are kept until the slice ends */
#define MEMO_MAX 96         /* lengths of texts by language and district */

enum phase { PHASE_UNPLAN, PHASE_SELECT, PHASE_END, PHASE_DONE };

struct memo { int language; char district[CAMPAIGN_DISTRICT_SIZE]; int64_t parts; };

struct run {
	int64_t campaign_id;
	struct campaign_def *def;
	struct subscriber_selection sel;
	enum phase phase;
	bool begun;
	int64_t after, began_ms, made_ms, recipients; /* made_ms: of the file that is planned */
	int64_t left_out[CONTACTS_REASONS];
	struct campaign_count_row counts[COUNTS_MAX];
	size_t count_count;
	struct memo memo[MEMO_MAX];
	size_t memo_count;
	struct subscriber_found page[PAGE];
	void (*done)(void *arg, int err);
	void *arg;
};

struct planning {
	struct core *core;
	struct event *next;
	struct run *run;
};

/* ---- one person --------------------------------------------------------------------------------------------------------- */

static int64_t measure(struct core *core, struct run *run, const struct campaign_recipient_row *r)
{
	char text[WIRE_TEXT_MAX + 1];
	struct sms_cut cut;
	const char *words = campaign_text_pick(campaign_def_opening(run->def), (enum wording_language)r->language);

	if (campaign_words(core, r, words, NULL, text, sizeof(text)) < 0 || sms_measure(text, strlen(text), &cut))
		return 1;
	return (int64_t)cut.parts;
}

/* A text has few lengths: by language and by district. */
static int64_t parts_of(struct core *core, struct run *run, const struct campaign_recipient_row *r)
{
	struct memo *m;

	for (size_t i = 0; i < run->memo_count; i++)
		if (run->memo[i].language == r->language && strcmp(run->memo[i].district, r->district) == 0)
			return run->memo[i].parts;
	if (run->memo_count == MEMO_MAX)
		return measure(core, run, r);
	m = &run->memo[run->memo_count++];
	m->language = r->language;
	hl_strlcpy(m->district, sizeof(m->district), r->district);
	m->parts = measure(core, run, r);
	return m->parts;
}

static void flush_counts(struct core *core, struct run *run)
{
	for (size_t i = 0; i < run->count_count; i++)
		campaign_count_add(core->store, run->campaign_id, &run->counts[i]);
	run->count_count = 0;
}

static void count(struct core *core, struct run *run, const struct campaign_recipient_row *r)
{
	struct campaign_count_row *n = NULL;

	for (size_t i = 0; i < run->count_count && !n; i++)
		if (run->counts[i].language == r->language && strcmp(run->counts[i].district, r->district) == 0 &&
			strcmp(run->counts[i].operator_name, r->operator_name) == 0)
			n = &run->counts[i];
	if (!n) {
		if (run->count_count == COUNTS_MAX)
			flush_counts(core, run);
		n = &run->counts[run->count_count++];
		*n = (struct campaign_count_row){ .language = r->language, .state = RECIPIENT_WAITING };
		hl_strlcpy(n->district, sizeof(n->district), r->district);
		hl_strlcpy(n->operator_name, sizeof(n->operator_name), r->operator_name);
	}
	n->recipients++;
	n->parts += r->parts;
	run->recipients++;
}

static void plan_one(struct core *core, struct run *run, const struct subscriber_found *f)
{
	struct campaign_recipient_row r = { .campaign_id = run->campaign_id, .subscriber_id = f->row.id, .state = RECIPIENT_WAITING,
		.language = campaign_language(&f->row), .updated_ms = run->began_ms };
	struct number to = { "" };
	enum contacts_reason reason;
	int operator;

	if (f->row.number_len && vault_number_open(core->vault, f->row.alias, f->row.number, f->row.number_len, to.e164, sizeof(to.e164)))
		reason = CONTACTS_UNKNOWN;
	else
		reason = contacts_judge(core, &f->row, &f->facts, *to.e164 ? &to : NULL);
	if (contacts_reason_shown(reason) != CONTACTS_OK) { /* a preview of one person must not tell that they reported something: such are passed over
	                                                     * when their turn comes, and count as failed */
		run->left_out[reason]++;
		return;
	}
	operator = operator_of_number(core->config, to.e164);
	explicit_bzero(&to, sizeof(to));
	if (operator != OPERATOR_NONE)
		hl_strlcpy(r.operator_name, sizeof(r.operator_name), core->config->operators[operator].name);
	hl_strlcpy(r.district, sizeof(r.district), f->row.district);
	r.parts = parts_of(core, run, &r);
	if (campaign_recipient_insert(core->store, &r))
		count(core, run, &r);
}

/* ---- phases --------------------------------------------------------------------------------------------------------------- */

static int set_planned(struct core *core, struct run *run, enum campaign_planned planned)
{
	struct campaign_row row;

	if (!campaign_get(core->store, run->campaign_id, &row) || row.state != CAMPAIGN_DRAFT || row.made_ms != run->made_ms ||
		(run->begun && row.planned != CAMPAIGN_PLANNING))
		return HL_ESTATE; /* its file was replaced: whom this file selects is not whom that one does */
	run->begun = true;
	row.planned = planned;
	campaign_update(core->store, &row);
	return 0;
}

static int step_unplan(struct core *core, struct run *run)
{
	int err = set_planned(core, run, CAMPAIGN_PLANNING);

	if (err)
		return err;
	if (campaign_recipient_unplan(core->store, run->campaign_id, UNPLAN_BATCH) == 0) {
		campaign_unplan_counts(core->store, run->campaign_id);
		run->phase = run->def->kind == CAMPAIGN_KEYWORD ? PHASE_END : PHASE_SELECT;
	}
	return 0;
}

static int step_select(struct core *core, struct run *run)
{
	int64_t until = hl_boot_ms(core->clock) + PLAN_SLICE_MS;
	int err = set_planned(core, run, CAMPAIGN_PLANNING); /* nobody else has changed it since the slice before */
	bool end = false;

	for (int page = 0; !err && page < SLICE_PAGES && !end && hl_boot_ms(core->clock) < until; page++) {
		size_t n = subscriber_select_stretch(core->store, &run->sel, &run->after, run->page, PAGE, &end);
		for (size_t i = 0; i < n; i++)
			plan_one(core, run, &run->page[i]);
	}
	explicit_bzero(run->page, sizeof(run->page));
	flush_counts(core, run);
	if (end)
		run->phase = PHASE_END;
	return err;
}

static int step_end(struct core *core, struct run *run)
{
	for (int i = 0; i < CONTACTS_REASONS; i++)
		if (run->left_out[i])
			campaign_left_out_add(core->store, run->campaign_id, contacts_reason_name((enum contacts_reason)i), run->left_out[i]);
	run->phase = PHASE_DONE;
	return set_planned(core, run, CAMPAIGN_PLANNED);
}

/* ---- the walk ---------------------------------------------------------------------------------------------------------------- */

static void finish(struct planning *p, int err)
{
	struct run *run = p->run;

	p->run = NULL;
	hl_log(HL_LOG_INFO, "campaign", "planned id=%lld recipients=%lld err=%d", (long long)run->campaign_id, (long long)run->recipients, err);
	run->done(run->arg, err);
	campaign_def_free(run->def);
	free(run);
}

/* A turn of its own: if it fails, nothing else does. */
static int step_alone(struct core *core, struct run *run)
{
	static int (*const steps[])(struct core *core, struct run *run) = { step_unplan, step_select, step_end };
	int err, committed;

	turn_end(core->turn);
	turn_begin(core->turn);
	err = steps[run->phase](core, run);
	committed = turn_end(core->turn);
	return err ? err : committed;
}

static void on_next(evutil_socket_t fd, short what, void *arg)
{
	static const struct timeval at_once = { 0, 0 };
	struct planning *p = arg;
	int err = step_alone(p->core, p->run);

	(void)fd;
	(void)what;
	if (err || p->run->phase == PHASE_DONE)
		finish(p, err);
	else
		event_add(p->next, &at_once);
}

static int read_selection(struct core *core, struct run *run)
{
	const struct campaign_pick *to = &run->def->to;
	char id[24];

	run->sel.language = -1;
	for (size_t i = 0; i < to->group_count; i++) {
		int64_t group = subscriber_group_id(core->store, to->groups[i], false, 0);
		if (group == 0)
			return HL_ENOENT;
		snprintf(id, sizeof(id), "%lld", (long long)group);
		if (!subscriber_select_add(run->sel.groups, id))
			return HL_ERANGE;
	}
	for (size_t i = 0; i < to->district_count; i++)
		if (!subscriber_select_add(run->sel.districts, to->districts[i]))
			return HL_ERANGE;
	return 0;
}

static void drop(struct run *run)
{
	campaign_def_free(run->def);
	free(run);
}

int planning_start(struct core *core, int64_t campaign_id, void (*done)(void *arg, int err), void *arg)
{
	static const struct timeval at_once = { 0, 0 };
	struct planning *p = core->campaigns->planning;
	struct conf_errors *errors;
	struct campaign_row row;
	struct run *run;
	char *text;
	int err;

	if (!p || p->run)
		return HL_EBUSY;
	text = campaign_get(core->store, campaign_id, &row) ? campaign_get_definition(core->store, campaign_id) : NULL;
	if (!text)
		return HL_ENOENT;
	run = hl_calloc(1, sizeof(*run));
	errors = hl_calloc(1, sizeof(*errors));
	run->def = campaign_def_read("campaign", text, strlen(text), errors);
	free(errors);
	free(text);
	run->campaign_id = campaign_id;
	run->made_ms = row.made_ms;
	run->began_ms = hl_wall_ms(core->clock);
	run->done = done;
	run->arg = arg;
	err = run->def ? read_selection(core, run) : HL_EVERSION;
	if (err) {
		drop(run);
		return err;
	}
	p->run = run;
	event_add(p->next, &at_once);
	return 0;
}

int64_t planning_at(const struct core *core)
{
	const struct planning *p = core->campaigns->planning;

	return p && p->run ? p->run->campaign_id : 0;
}

struct planning *planning_new(struct core *core)
{
	struct planning *p = hl_calloc(1, sizeof(*p));

	p->core = core;
	p->next = evtimer_new(core->base, on_next, p);
	if (!p->next)
		hl_fatal(EX_OSERR, "making a timer failed");
	return p;
}

void planning_free(struct planning *p)
{
	if (!p)
		return;
	event_free(p->next);
	if (p->run)
		finish(p, HL_ESTATE);
	free(p);
}
