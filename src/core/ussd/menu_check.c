/* What a menu must be as a whole, told with the line that is to be mended. */
#include <string.h>

#include "conf/conf.h"
#include "core/triage/triage.h"
#include "core/ussd/engine.h"

struct checker {
	const struct menu *m;
	const struct menu_words *words;
	struct conf_errors *e;
};

#define TELL(c, line, ...) conf_error((c)->e, (c)->m->path, line, __VA_ARGS__)

/* ---- texts ----------------------------------------------------------------------------------------------------- */

static bool placeholder_is_known(const char *name, size_t len)
{
	static const char *const names[] = { "police", "helpline", "short", "code", "ans", "n" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return true;
	return false;
}

static void check_placeholders(const struct checker *c, int line, const char *text)
{
	const char *open = text, *close;

	while ((open = strpbrk(open, "{}"))) {
		close = strpbrk(open + 1, "{}");
		if (*open != '{' || !close || *close != '}' || !placeholder_is_known(open + 1, (size_t)(close - open - 1))) {
			TELL(c, line, "a text may have {police} {helpline} {short} {code} {ans} {n} and no other brackets");
			return;
		}
		open = close + 1;
	}
}

static void check_text(const struct checker *c, const struct menu_text *t, int line, const char *what, const char *name)
{
	for (int i = 0; i < WORDING_LANGUAGES; i++) {
		if (!t->in[i] || !*t->in[i])
			TELL(c, line, "%s %s has no text in %s", what, name, wording_language_name((enum wording_language)i));
		else
			check_placeholders(c, line, t->in[i]);
	}
}

static bool text_is_empty(const struct menu_text *t)
{
	for (int i = 0; i < WORDING_LANGUAGES; i++)
		if (t->in[i] && *t->in[i])
			return false;
	return true;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------ */

static bool value_is_known(const char *name, const char *value)
{
	static const char *const yes_no[] = { "yes", "no", "unsure" };
	enum triage_exploitation e;

	if (strcmp(name, "kind") == 0)
		return triage_exploitation_from_name(value, &e);
	if (strcmp(name, "danger") == 0 || strcmp(name, "safe") == 0 || strcmp(name, "text") == 0)
		for (size_t i = 0; i < sizeof(yes_no) / sizeof(yes_no[0]); i++)
			if (strcmp(value, yes_no[i]) == 0)
				return true;
	return strcmp(name, "danger") != 0 && strcmp(name, "safe") != 0 && strcmp(name, "text") != 0;
}

static void check_option(const struct checker *c, const struct menu_node *n, size_t i)
{
	const struct menu_option *o = &n->options[i];

	check_text(c, &o->label, o->line, "an option of", n->name);
	if (n->kind == MENU_CHOICE && (o->key < 1 || o->key > MENU_OPTIONS_MAX))
		TELL(c, o->line, "key %lld: an option's key is 1 to %d; 0 leads out or back, 9 to the next page", (long long)o->key,
			MENU_OPTIONS_MAX);
	if (n->kind == MENU_NUMBER && (o->key == 0 || (o->key >= n->min && o->key <= n->max)))
		TELL(c, o->line, "key %lld of an option may be no number that is an answer, nor 0", (long long)o->key);
	for (size_t k = 0; k < i; k++)
		if (n->options[k].key == o->key)
			TELL(c, o->line, "two options of %s have the key %lld", n->name, (long long)o->key);
	if (n->save[0] && !value_is_known(n->save, o->value))
		TELL(c, o->line, "value \"%s\" of %s is not known: kind is sex labour online unclear none; danger, safe and text are "
			"yes no unsure", o->value, n->save);
	if ((o->actions & (MENU_RESUME | MENU_FRESH)) && n != &c->m->nodes[c->m->resume < 0 ? 0 : c->m->resume])
		TELL(c, o->line, "only the options of the node `resume` may resume or begin afresh");
}

static void check_number(const struct checker *c, const struct menu_node *n)
{
	if (n->kind != MENU_NUMBER)
		return;
	if (n->next < 0 || n->min < 1 || n->max < n->min)
		TELL(c, n->line, "node %s takes a number: it needs to, min (1 or more) and max", n->name);
}

static void check_quiz(const struct checker *c, const struct menu_node *n)
{
	static const char *const names[] = { "right", "wrong", "taken", "none", "finished" };

	for (int i = 0; n->kind == MENU_QUIZ && i < MENU_QUIZ_WAYS; i++)
		if (n->quiz[i] < 0)
			TELL(c, n->line, "node %s asks the quiz: it needs right, wrong, taken, none and finished; %s is missing", n->name, names[i]);
}

static void check_node(const struct checker *c, const struct menu_node *n)
{
	if (!n->name[0] || strspn(n->name, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(n->name))
		TELL(c, n->line, "a node's name has letters a-z, digits, - and _");
	if (n->kind != MENU_QUIZ && !(n->kind == MENU_CHOICE && text_is_empty(&n->text)))
		check_text(c, &n->text, n->line, "node", n->name);
	if (n->kind == MENU_CHOICE && n->option_count == 0)
		TELL(c, n->line, "node %s has no options: give it some, or last = true", n->name);
	if ((n->kind == MENU_LAST || n->kind == MENU_QUIZ) && n->option_count)
		TELL(c, n->line, "node %s can have no options", n->name);
	check_number(c, n);
	check_quiz(c, n);
	for (size_t i = 0; i < n->option_count; i++)
		check_option(c, n, i);
}

/* ---- ways ------------------------------------------------------------------------------------------------------- */

static void reach(const struct menu *m, int node, bool seen[MENU_NODES_MAX])
{
	const struct menu_node *n;

	if (node < 0 || seen[node])
		return;
	seen[node] = true; /* at most MENU_NODES_MAX deep */
	n = &m->nodes[node];
	for (size_t i = 0; i < n->option_count; i++)
		reach(m, n->options[i].next, seen);
	if (n->kind == MENU_NUMBER)
		reach(m, n->next, seen);
	for (int i = 0; n->kind == MENU_QUIZ && i < MENU_QUIZ_WAYS; i++)
		reach(m, n->quiz[i], seen);
}

static void check_ways(const struct checker *c)
{
	const int roots[] = { c->m->first, c->m->leave, c->m->give_up, c->m->resume };
	bool seen[MENU_NODES_MAX] = { false };

	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		reach(c->m, roots[i], seen);
	for (size_t i = 0; i < c->m->node_count; i++)
		if (!seen[i])
			TELL(c, c->m->nodes[i].line, "node %s is reached from nowhere: lead an option to it, or take it out", c->m->nodes[i].name);
}

static void check_ends(const struct checker *c)
{
	const struct menu *m = c->m;
	const struct { const char *key; int node; } ends[] = { { "exit", m->leave }, { "give_up", m->give_up } };
	unsigned actions = 0;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (m->nodes[ends[i].node].kind != MENU_LAST)
			TELL(c, m->nodes[ends[i].node].line, "node %s is `%s` and must have last = true", m->nodes[ends[i].node].name, ends[i].key);
	if (m->nodes[m->first].kind != MENU_CHOICE)
		TELL(c, m->nodes[m->first].line, "node %s is the first and must have options", m->nodes[m->first].name);
	for (size_t i = 0; m->resume >= 0 && i < m->nodes[m->resume].option_count; i++)
		actions |= m->nodes[m->resume].options[i].actions;
	if (m->resume >= 0 && (actions & (MENU_RESUME | MENU_FRESH)) != (MENU_RESUME | MENU_FRESH))
		TELL(c, m->nodes[m->resume].line, "node %s needs an option with do = \"resume\" and one with do = \"fresh\"",
			m->nodes[m->resume].name);
}

/* ---- room ------------------------------------------------------------------------------------------------------- */

static void check_fit(const struct checker *c, const struct menu_transport *t, const struct menu_node *n)
{
	const struct screen_view v = { c->m, t, *c->words, NULL };
	size_t starts[MENU_OPTIONS_MAX + 1];

	for (int lang = 0; lang < WORDING_LANGUAGES; lang++) {
		if (screen_pages(&v, (int)(n - c->m->nodes), (enum wording_language)lang, starts) > 0)
			continue;
		TELL(c, n->option_count ? n->options[starts[0]].line : n->line, "node %s does not fit %s in %s: %s%lld characters, or %lld "
			"where a letter is Cyrillic%s", n->name, t->name, wording_language_name((enum wording_language)lang),
			n->option_count ? "its text, this option and the ways on may have " : "", (long long)t->gsm7, (long long)t->ucs2,
			t->translit ? "; measured in Latin letters" : "");
	}
}

static void check_fits(const struct checker *c)
{
	const struct menu_transport *usual = menu_transport(c->m, "");

	for (size_t i = 0; i < c->m->node_count; i++) {
		const struct menu_node *n = &c->m->nodes[i];
		if (n->kind == MENU_QUIZ)
			continue; /* the campaign's text */
		if (!menu_has_transport(c->m, usual->name))
			check_fit(c, usual, n);
		for (size_t k = 0; k < c->m->transport_count; k++)
			check_fit(c, &c->m->transports[k], n);
	}
}

void menu_check(const struct menu *m, const struct menu_words *words, struct conf_errors *errors)
{
	const struct checker c = { m, words, errors };
	size_t before = errors->count;

	check_text(&c, &m->more, 0, "words:", "more");
	check_text(&c, &m->back, 0, "words:", "back");
	check_text(&c, &m->out, 0, "words:", "exit");
	check_text(&c, &m->again, 0, "words:", "again");
	for (size_t i = 0; i < m->node_count; i++)
		check_node(&c, &m->nodes[i]);
	if (errors->count > before)
		return; /* what follows walks the menu */
	check_ways(&c);
	check_ends(&c);
	check_fits(&c);
}
