/* campaign.new (core/control/control.h): a file becomes a draft, or is refused with every mistake at once. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/campaign/campaign_asked.h"
#include "core/campaign/campaign_inside.h"
#include "conf/conf.h"
#include "core/triage/triage.h"
#include "store/store.h"

#define ERRORS_SHOWN 50

struct making {
	struct control_call *call;
	struct conf_errors *errors;
	const char *path;
};

/* A word that means STOP would be taken for that, and an answer lost. */
static void check_word(struct making *m, size_t question, const char *word)
{
	struct triage_verdict v;

	triage_classify(m->call->core->rules, word, strlen(word), &v);
	if (v.kind == TRIAGE_OPT_OUT || v.kind == TRIAGE_OPT_IN)
		conf_error(m->errors, m->path, 0, "question %zu: \"%s\" means STOP or START: choose another word for the answer", question + 1, word);
}

static void check_words(struct making *m, const struct campaign_def *d)
{
	for (size_t q = 0; q < d->question_count; q++) {
		for (size_t o = 0; o < d->questions[q].option_count; o++) {
			const struct campaign_option *option = &d->questions[q].options[o];
			check_word(m, q, option->key);
			for (size_t w = 0; w < option->word_count; w++)
				check_word(m, q, option->words[w]);
		}
	}
	if (*d->keyword)
		check_word(m, 0, d->keyword);
}

static bool has_district(const struct core *core, const char *key)
{
	const char *name;

	for (size_t i = 0; (name = triage_district_name(core->rules, i, NULL)); i++)
		if (strcmp(name, key) == 0)
			return true;
	return strcmp(key, "?") == 0; /* those of whom none is known */
}

static void check_selection(struct making *m, const struct campaign_def *d)
{
	struct core *core = m->call->core;

	for (size_t i = 0; i < d->to.district_count; i++)
		if (!has_district(core, d->to.districts[i]))
			conf_error(m->errors, m->path, 0, "districts: there is no \"%s\"; names are those of the triage rules, such as Bayanzurkh",
				d->to.districts[i]);
	for (size_t i = 0; i < d->to.group_count; i++)
		if (!subscriber_group_id(core->store, d->to.groups[i], false, 0))
			conf_error(m->errors, m->path, 0, "groups: there is no \"%s\": hotlinectl contacts groups", d->to.groups[i]);
}

static void check_keyword(struct making *m, const struct campaign_def *d, const char *folded)
{
	struct campaign_row other;

	if (*folded && campaign_get_keyword(m->call->core->store, folded, &other) && strcmp(other.name, d->name))
		conf_error(m->errors, m->path, 0, "keyword: campaign \"%s\" has it: archive that, or choose another word", other.name);
}

static void refuse(struct making *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->errors->count && i < ERRORS_SHOWN && i < CONF_ERRORS_MAX; i++)
		json_array_append_new(list, json_string(m->errors->list[i].text));
	control_ok(m->call, json_pack("{s:b, s:I, s:o}", "taken", 0, "count", (json_int_t)m->errors->count, "errors", list));
}

/* A draft of that name is replaced where that was asked for. False after answering. */
static bool keep_row(struct making *m, struct campaign_row *row, const char *text)
{
	struct core *core = m->call->core;
	struct campaign_row old;
	int err;

	if (!campaign_get_name(core->store, row->name, &old)) {
		err = campaign_insert(core->store, row, text);
		if (err)
			control_fail(m->call, err, "keeping the campaign failed: %s", hl_strerror(err));
		return err == 0;
	}
	if (!json_is_true(json_object_get(m->call->request, "replace"))) {
		control_fail(m->call, HL_EEXIST, "there is a campaign \"%s\": replace it (--replace, drafts only), or choose another name", row->name);
		return false;
	}
	if (old.state != CAMPAIGN_DRAFT) {
		control_fail(m->call, HL_ESTATE, "%s is %s: only a draft can be replaced", row->name,
			campaign_state_name((enum campaign_state)old.state));
		return false;
	}
	row->id = old.id;
	campaign_update(core->store, row);
	campaign_set_definition(core->store, row->id, text);
	campaign_forget_def(core->campaigns, row->id);
	return true;
}

static void make(struct making *m, const struct campaign_def *d, const char *text)
{
	struct core *core = m->call->core;
	struct campaign_row row = { .state = CAMPAIGN_DRAFT, .kind = (int)d->kind, .budget = d->budget };

	hl_strlcpy(row.name, sizeof(row.name), d->name);
	hl_strlcpy(row.made_by, sizeof(row.made_by), session_name(m->call->session));
	row.made_ms = hl_wall_ms(core->clock);
	campaign_word_fold(d->keyword, strlen(d->keyword), row.keyword);
	check_words(m, d);
	check_selection(m, d);
	check_keyword(m, d, row.keyword);
	if (m->errors->count) {
		refuse(m);
		return;
	}
	if (!keep_row(m, &row, text))
		return;
	campaign_record(m->call, "campaign.new", row.name, campaign_kind_name(d->kind));
	control_ok(m->call, json_pack("{s:b, s:o}", "taken", 1, "campaign", campaign_json(core, &row)));
}

void control_campaign_new(struct control_call *call)
{
	const char *text = control_need(call, "text", CAMPAIGN_FILE_MAX), *path = control_text(call, "file");
	struct making m = { .call = call, .path = path && strlen(path) < 128 ? path : "campaign" };
	struct campaign_def *d;

	if (!text)
		return;
	m.errors = hl_calloc(1, sizeof(*m.errors));
	d = campaign_def_read(m.path, text, strlen(text), m.errors);
	if (d)
		make(&m, d, text);
	else
		refuse(&m);
	campaign_def_free(d);
	free(m.errors);
}
