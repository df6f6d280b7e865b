#include "core/ussd/session.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/case/sealing.h"
#include "vault/vault.h"

static struct vault_binding binding(const struct ussd_row *row)
{
	return (struct vault_binding){ "ussd", row->id, 0, 0, row->started_ms };
}

/* ---- sealing ----------------------------------------------------------------------------------------------------- */

static json_t *answers_json(const struct ussd_state *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->answer_count; i++)
		json_array_append_new(list, json_pack("[i, i, I]", s->answers[i].node, s->answers[i].option, (json_int_t)s->answers[i].number));
	return list;
}

static json_t *quiz_json(const struct menu_quiz *q)
{
	json_t *options = json_array();

	for (size_t i = 0; i < q->option_count; i++)
		json_array_append_new(options, json_string(q->options[i]));
	return json_pack("{s:I, s:s, s:o}", "id", (json_int_t)q->id, "text", q->text, "options", options);
}

void ussd_session_seal(struct core *core, struct ussd_session *s)
{
	const struct ussd_state *st = &s->state;
	json_t *o = json_pack("{s:s, s:i, s:i, s:i, s:b, s:o, s:i, s:b, s:b, s:b, s:I, s:s}", "node",
		s->menu->nodes[st->node].name, "page", st->page, "lang", (int)st->lang, "wrong",
		st->wrong, "ended", st->ended, "answers", answers_json(st), "urgency", s->urgency, "rang", s->rang, "opened", s->opened,
		"silenced", s->silenced, "resumes", (json_int_t)s->resumes, "screen", s->screen);
	const struct vault_binding b = binding(&s->row);
	char *text;
	size_t len;

	assert(o); /* every text of it is UTF-8 */
	if (s->quiz.option_count)
		json_object_set_new(o, "quiz", quiz_json(&s->quiz));
	json_object_set_new(o, "quiz_last", json_integer(s->quiz_last));
	json_object_set_new(o, "answer", json_string(s->answer));
	text = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	len = strlen(text);
	assert(len + VAULT_AEAD_EXTRA <= sizeof(s->row.body));
	s->row.body_len = vault_transit_seal(core->vault, &b, text, len, s->row.body);
	hl_strlcpy(s->row.menu, sizeof(s->row.menu), s->menu->version);
	s->row.answers = (int64_t)st->answer_count;
	sealing_wipe(text);
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

static int64_t int_of(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static bool true_of(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

/* What the seal let through is our own; what does not fit the menu would be a bug, and is left out. */
static void read_answers(const json_t *list, const struct menu *m, struct ussd_state *s)
{
	for (size_t i = 0; i < json_array_size(list) && s->answer_count < USSD_ANSWERS_MAX; i++) {
		const json_t *row = json_array_get(list, i);
		struct ussd_answer a = { (int)json_integer_value(json_array_get(row, 0)), (int)json_integer_value(json_array_get(row, 1)),
			json_integer_value(json_array_get(row, 2)) };
		if (a.node >= 0 && (size_t)a.node < m->node_count && a.option >= -1 && a.option < (int)m->nodes[a.node].option_count)
			s->answers[s->answer_count++] = a;
	}
}

static void read_quiz(const json_t *o, struct menu_quiz *q)
{
	const json_t *options = json_object_get(o, "options");
	const char *text = json_string_value(json_object_get(o, "text"));

	if (!text)
		return;
	q->id = int_of(o, "id");
	hl_strlcpy(q->text, sizeof(q->text), text);
	for (size_t i = 0; i < json_array_size(options) && i < MENU_OPTIONS_MAX; i++)
		hl_strlcpy(q->options[q->option_count++], sizeof(q->options[0]), json_string_value(json_array_get(options, i)));
}

static void read_body(const json_t *o, struct ussd_session *s)
{
	const char *screen = json_string_value(json_object_get(o, "screen"));
	const char *answer = json_string_value(json_object_get(o, "answer"));
	int64_t lang = int_of(o, "lang");

	s->state.page = (int)int_of(o, "page");
	s->state.lang = lang >= 0 && lang < WORDING_LANGUAGES ? (enum wording_language)lang : WORDING_MN;
	s->state.wrong = (int)int_of(o, "wrong");
	s->state.ended = true_of(o, "ended");
	s->urgency = (int)int_of(o, "urgency");
	s->rang = true_of(o, "rang");
	s->opened = true_of(o, "opened");
	s->silenced = true_of(o, "silenced");
	s->resumes = int_of(o, "resumes");
	s->quiz_last = int_of(o, "quiz_last");
	hl_strlcpy(s->answer, sizeof(s->answer), answer ? answer : "");
	hl_strlcpy(s->screen, sizeof(s->screen), screen ? screen : "");
	read_answers(json_object_get(o, "answers"), s->menu, &s->state);
	read_quiz(json_object_get(o, "quiz"), &s->quiz);
}

int ussd_session_open(struct core *core, struct ussd_session *s)
{
	const struct vault_binding b = binding(&s->row);
	char text[USSD_BODY_MAX + 1];
	const char *node;
	json_t *o;

	s->menu = ussd_menu_of(core, s->row.menu);
	if (!s->menu) {
		hl_log(HL_LOG_WARNING, "ussd", "menu_lost session=%lld what=\"its answers stay; it begins again\"", (long long)s->row.id);
		return HL_ENOENT;
	}
	if (vault_transit_open(core->vault, &b, s->row.body, s->row.body_len, text, sizeof(text)))
		return HL_ECORRUPT;
	o = json_loads(text, 0, NULL);
	explicit_bzero(text, sizeof(text));
	if (!o)
		return HL_ECORRUPT;
	node = json_string_value(json_object_get(o, "node"));
	s->state.node = node ? menu_find(s->menu, node) : -1;
	if (s->state.node >= 0)
		read_body(o, s);
	json_decref(o);
	return s->state.node >= 0 ? 0 : HL_ECORRUPT;
}
