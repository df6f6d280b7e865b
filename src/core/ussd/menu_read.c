/* Reading etc/ussd.conf (conf/conf.h) into a menu. Names of nodes are looked up when all nodes are read. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "core/ussd/menu.h"

/* ---- as the file has it -------------------------------------------------------------------------------------- */

struct words_entry { char in[WORDING_LANGUAGES][MENU_TEXT_MAX + 1]; };

#define LANGUAGE(name, i) \
	{ name, CONF_STRING, false, offsetof(struct words_entry, in[i]), sizeof(((struct words_entry *)0)->in[i]), 0, 0, "" }
#define LANGUAGES LANGUAGE("mn", WORDING_MN), LANGUAGE("mn-latn", WORDING_MN_LATN), LANGUAGE("en", WORDING_EN)
#define END { NULL, CONF_ANY, false, 0, 0, 0, 0, NULL }

static const struct conf_key text_keys[] = { LANGUAGES, END };

struct option_entry {
	struct words_entry words; /* first: LANGUAGES reads it */
	int64_t key;
	char to[MENU_NAME_MAX], value[MENU_VALUE_MAX], actions[96], language[16];
};

#define O(f) offsetof(struct option_entry, f), sizeof(((struct option_entry *)0)->f)

static const struct conf_key option_keys[] = {
	LANGUAGES,
	{ "key", CONF_INT, false, O(key), 0, 9999, "0" },
	{ "to", CONF_STRING, true, O(to), 0, 0, NULL },
	{ "value", CONF_STRING, false, O(value), 0, 0, "" },
	{ "do", CONF_STRING, false, O(actions), 0, 0, "" },
	{ "language", CONF_STRING, false, O(language), 0, 0, "" },
	END
};

struct node_entry {
	char name[MENU_NAME_MAX], save[MENU_NAME_MAX], to[MENU_NAME_MAX];
	char quiz[MENU_QUIZ_WAYS][MENU_NAME_MAX];
	int64_t min, max;
	bool last, complete;
};

#define N(f) offsetof(struct node_entry, f), sizeof(((struct node_entry *)0)->f)
#define QUIZ(name, way) { name, CONF_STRING, false, N(quiz[way]), 0, 0, "" }

static const struct conf_key node_keys[] = {
	{ "name", CONF_STRING, true, N(name), 0, 0, NULL },
	{ "text", CONF_ANY, false, 0, 0, 0, 0, NULL },
	{ "options", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	{ "save", CONF_STRING, false, N(save), 0, 0, "" },
	{ "to", CONF_STRING, false, N(to), 0, 0, "" },
	{ "min", CONF_INT, false, N(min), 0, 9999, "0" },
	{ "max", CONF_INT, false, N(max), 0, 9999, "0" },
	{ "last", CONF_BOOL, false, N(last), 0, 0, "0" },
	{ "complete", CONF_BOOL, false, N(complete), 0, 0, "0" },
	QUIZ("right", MENU_QUIZ_RIGHT), QUIZ("wrong", MENU_QUIZ_WRONG), QUIZ("taken", MENU_QUIZ_TAKEN),
	QUIZ("none", MENU_QUIZ_NONE), QUIZ("finished", MENU_QUIZ_END),
	END
};

#define T(f) offsetof(struct transport_entry, f), sizeof(((struct transport_entry *)0)->f)

struct transport_entry { char name[33], charset[16]; int64_t gsm7, ucs2, screen_s, session_s; };

static const struct conf_key transport_keys[] = {
	{ "name", CONF_STRING, true, T(name), 0, 0, NULL },
	{ "gsm7", CONF_INT, false, T(gsm7), 40, 1000, "182" },
	{ "ucs2", CONF_INT, false, T(ucs2), 40, 500, "80" },
	{ "charset", CONF_STRING, false, T(charset), 0, 0, "unicode" },
	{ "screen_s", CONF_INT, false, T(screen_s), 5, 86400, "25" },
	{ "session_s", CONF_INT, false, T(session_s), 10, 604800, "150" },
	END
};

struct root_entry { char first[MENU_NAME_MAX], leave[MENU_NAME_MAX], give_up[MENU_NAME_MAX], resume[MENU_NAME_MAX]; };

#define R(f) offsetof(struct root_entry, f), sizeof(((struct root_entry *)0)->f)

static const struct conf_key root_keys[] = {
	{ "first", CONF_STRING, true, R(first), 0, 0, NULL },
	{ "exit", CONF_STRING, true, R(leave), 0, 0, NULL },
	{ "give_up", CONF_STRING, true, R(give_up), 0, 0, NULL },
	{ "resume", CONF_STRING, false, R(resume), 0, 0, "" },
	{ "words", CONF_ANY, true, 0, 0, 0, 0, NULL },
	{ "transports", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	{ "nodes", CONF_GROUP_LIST, true, 0, 0, 0, 0, NULL },
	END
};

static const struct conf_key words_keys[] = {
	{ "more", CONF_ANY, true, 0, 0, 0, 0, NULL },
	{ "back", CONF_ANY, true, 0, 0, 0, 0, NULL },
	{ "exit", CONF_ANY, true, 0, 0, 0, 0, NULL },
	{ "again", CONF_ANY, true, 0, 0, 0, 0, NULL },
	END
};

static const struct { const char *word; enum menu_action action; } actions[] = {
	{ "report", MENU_REPORT }, { "help", MENU_HELP }, { "urgent", MENU_URGENT }, { "emergency", MENU_EMERGENCY },
	{ "text-yes", MENU_TEXT_YES }, { "text-no", MENU_TEXT_NO }, { "stop", MENU_STOP }, { "start", MENU_START },
	{ "resume", MENU_RESUME }, { "fresh", MENU_FRESH },
};

/* ---- reading ------------------------------------------------------------------------------------------------- */

struct reader {
	const char *path;
	struct conf_errors *e;
	struct menu *m;
	config_setting_t *nodes;
};

#define TELL(r, line, ...) conf_error((r)->e, (r)->path, line, __VA_ARGS__)

static void keep_text(struct menu_text *t, const struct words_entry *w)
{
	for (int i = 0; i < WORDING_LANGUAGES; i++)
		t->in[i] = hl_strdup(w->in[i]);
}

/* A text of its own: text = { mn = "..."; mn-latn = "..."; en = "..."; }. */
static void read_text(struct reader *r, config_setting_t *group, const char *key, struct menu_text *t)
{
	config_setting_t *s = config_setting_get_member(group, key);
	struct words_entry *w = hl_calloc(1, sizeof(*w));

	if (s && config_setting_type(s) == CONFIG_TYPE_GROUP)
		conf_read_group(r->path, s, text_keys, w, r->e);
	else if (s)
		TELL(r, conf_line(group, key), "%s must be { mn = \"...\"; mn-latn = \"...\"; en = \"...\"; }", key);
	keep_text(t, w);
	free(w);
}

static unsigned read_actions(struct reader *r, int line, const char *text)
{
	unsigned all = 0;

	while (*text) {
		size_t len = strcspn(text, " "), i = 0;
		while (i < sizeof(actions) / sizeof(actions[0]) &&
			(strlen(actions[i].word) != len || memcmp(actions[i].word, text, len) != 0))
			i++;
		if (i < sizeof(actions) / sizeof(actions[0]))
			all |= (unsigned)actions[i].action;
		else if (len)
			TELL(r, line, "do: \"%.*s\" is nothing an option does: report help urgent emergency text-yes text-no stop start "
				"resume fresh", (int)(len < 40 ? len : 40), text);
		text += len + (text[len] == ' ');
	}
	return all;
}

/* -1 with an error where there is none. */
static int node_named(struct reader *r, int line, const char *key, const char *name)
{
	int found = menu_find(r->m, name);

	if (found < 0 && *name)
		TELL(r, line, "%s = \"%s\": there is no node of that name", key, name);
	return found;
}

static void read_option(struct reader *r, config_setting_t *group, struct menu_node *n, struct option_entry *entry)
{
	struct menu_option *o = &n->options[n->option_count];
	enum wording_language language;

	conf_read_group(r->path, group, option_keys, entry, r->e);
	o->line = (int)config_setting_source_line(group);
	keep_text(&o->label, &entry->words);
	n->option_count++;
	o->key = entry->key ? entry->key : (int64_t)n->option_count;
	o->next = node_named(r, o->line, "to", entry->to);
	o->actions = read_actions(r, conf_line(group, "do"), entry->actions);
	o->language = -1;
	if (wording_language_from_name(entry->language, &language))
		o->language = (int)language;
	else if (*entry->language)
		TELL(r, o->line, "language \"%s\" must be \"mn\", \"mn-latn\" or \"en\"", entry->language);
	hl_strlcpy(o->value, sizeof(o->value), entry->value);
}

static void read_options(struct reader *r, config_setting_t *group, struct menu_node *n)
{
	config_setting_t *list = config_setting_get_member(group, "options");
	struct option_entry *entry = hl_calloc(1, sizeof(*entry));

	for (int i = 0; list && i < config_setting_length(list); i++) {
		config_setting_t *g = config_setting_get_elem(list, (unsigned)i);
		if (config_setting_type(g) != CONFIG_TYPE_GROUP)
			continue; /* told by the table */
		if (n->option_count == MENU_OPTIONS_MAX) {
			TELL(r, (int)config_setting_source_line(g), "more than %d options: digits 1 to 8 are theirs; make a node of the rest",
				MENU_OPTIONS_MAX);
			break;
		}
		memset(entry, 0, sizeof(*entry));
		read_option(r, g, n, entry);
	}
	free(entry);
}

static void read_node(struct reader *r, config_setting_t *group, struct menu_node *n)
{
	struct node_entry entry = { .name = "" };
	bool quiz = false;

	conf_read_group(r->path, group, node_keys, &entry, r->e);
	hl_strlcpy(n->save, sizeof(n->save), entry.save);
	read_text(r, group, "text", &n->text);
	read_options(r, group, n);
	n->min = entry.min;
	n->max = entry.max;
	n->complete = entry.complete;
	n->next = node_named(r, conf_line(group, "to"), "to", entry.to);
	for (int i = 0; i < MENU_QUIZ_WAYS; i++) {
		n->quiz[i] = node_named(r, n->line, "quiz", entry.quiz[i]);
		quiz |= *entry.quiz[i] != '\0';
	}
	n->kind = entry.last ? MENU_LAST : quiz ? MENU_QUIZ : entry.max ? MENU_NUMBER : MENU_CHOICE;
}

/* The names first, so that any node may lead to any other. */
static void read_names(struct reader *r)
{
	struct menu *m = r->m;
	int count = r->nodes ? config_setting_length(r->nodes) : 0;
	const char *name;

	m->nodes = hl_calloc(MENU_NODES_MAX, sizeof(*m->nodes));
	for (int i = 0; i < count; i++) {
		config_setting_t *g = config_setting_get_elem(r->nodes, (unsigned)i);
		struct menu_node *n = &m->nodes[m->node_count];
		if (config_setting_type(g) != CONFIG_TYPE_GROUP)
			continue;
		if (m->node_count == MENU_NODES_MAX) {
			TELL(r, (int)config_setting_source_line(g), "more than %d nodes", MENU_NODES_MAX);
			return;
		}
		n->line = (int)config_setting_source_line(g);
		if (config_setting_lookup_string(g, "name", &name) && *name && menu_find(m, name) >= 0)
			TELL(r, n->line, "two nodes are named \"%.24s\"", name);
		else if (config_setting_lookup_string(g, "name", &name))
			hl_strlcpy(n->name, sizeof(n->name), name);
		m->node_count++;
	}
}

static void read_nodes(struct reader *r)
{
	size_t at = 0;

	read_names(r);
	for (int i = 0; at < r->m->node_count; i++) {
		config_setting_t *g = config_setting_get_elem(r->nodes, (unsigned)i);
		if (config_setting_type(g) == CONFIG_TYPE_GROUP)
			read_node(r, g, &r->m->nodes[at++]);
	}
}

static void read_transport(struct reader *r, config_setting_t *g)
{
	struct menu_transport *t = &r->m->transports[r->m->transport_count];
	struct transport_entry e = { .name = "" };
	bool is_new;

	conf_read_group(r->path, g, transport_keys, &e, r->e);
	is_new = !menu_has_transport(r->m, e.name);
	*t = (struct menu_transport){ .gsm7 = e.gsm7, .ucs2 = e.ucs2, .screen_s = e.screen_s,
		.session_s = e.session_s, .line = (int)config_setting_source_line(g) };
	hl_strlcpy(t->name, sizeof(t->name), e.name);
	t->translit = strcmp(e.charset, "translit") == 0;
	if (!t->translit && strcmp(e.charset, "unicode") != 0)
		TELL(r, conf_line(g, "charset"), "charset \"%s\" must be \"unicode\" or \"translit\" (Latin letters only)", e.charset);
	if (!is_new)
		TELL(r, t->line, "two transports are named \"%s\"", e.name);
	r->m->transport_count++;
}

static void read_transports(struct reader *r, config_setting_t *root)
{
	config_setting_t *list = config_setting_get_member(root, "transports");

	for (int i = 0; list && i < config_setting_length(list); i++) {
		config_setting_t *g = config_setting_get_elem(list, (unsigned)i);
		if (config_setting_type(g) != CONFIG_TYPE_GROUP)
			continue;
		if (r->m->transport_count == MENU_TRANSPORTS_MAX) {
			TELL(r, (int)config_setting_source_line(g), "more than %d transports", MENU_TRANSPORTS_MAX);
			return;
		}
		read_transport(r, g);
	}
}

static void read_words(struct reader *r, config_setting_t *root)
{
	config_setting_t *words = config_setting_get_member(root, "words");

	if (!words || config_setting_type(words) != CONFIG_TYPE_GROUP)
		return;
	conf_read_group(r->path, words, words_keys, NULL, r->e);
	read_text(r, words, "more", &r->m->more);
	read_text(r, words, "back", &r->m->back);
	read_text(r, words, "exit", &r->m->out);
	read_text(r, words, "again", &r->m->again);
}

static void read_root(struct reader *r, config_setting_t *root)
{
	struct root_entry e = { .first = "" };
	struct menu *m = r->m;

	conf_read_group(r->path, root, root_keys, &e, r->e);
	r->nodes = config_setting_get_member(root, "nodes");
	if (r->nodes && config_setting_type(r->nodes) != CONFIG_TYPE_LIST)
		r->nodes = NULL;
	read_words(r, root);
	read_transports(r, root);
	read_nodes(r);
	m->first = node_named(r, conf_line(root, "first"), "first", e.first);
	m->leave = node_named(r, conf_line(root, "exit"), "exit", e.leave);
	m->give_up = node_named(r, conf_line(root, "give_up"), "give_up", e.give_up);
	m->resume = node_named(r, conf_line(root, "resume"), "resume", e.resume);
}

/* FNV-1a: a name for what a file says, so that another file has another; nothing depends on nobody making two alike. */
static void version_of(const char *text, size_t len, char out[MENU_VERSION])
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	snprintf(out, MENU_VERSION, "%016" PRIx64, h);
}

struct menu *menu_load(const char *path, const struct menu_words *words, struct conf_errors *errors)
{
	char *text = hl_calloc(MENU_FILE_MAX + 1, 1);
	struct hl_reason why;
	ssize_t len = hl_read_file(path, text, MENU_FILE_MAX, &why);
	struct menu *m = NULL;

	if (len < 0)
		conf_error(errors, path, 0, "%s", why.text);
	else
		m = menu_load_text(path, text, (size_t)len, words, errors);
	free(text);
	return m;
}

struct menu *menu_load_text(const char *path, const char *text, size_t len, const struct menu_words *words,
	struct conf_errors *errors)
{
	struct reader r = { .path = path, .e = errors, .m = hl_calloc(1, sizeof(*r.m)) };
	size_t before = errors->count;
	config_t cfg;

	r.m->path = hl_strdup(path);
	r.m->source = hl_strndup(text, len);
	version_of(text, len, r.m->version);
	if (conf_read_text(path, text, len, &cfg, errors) == 0)
		read_root(&r, config_root_setting(&cfg));
	config_destroy(&cfg);
	if (errors->count == before)
		menu_check(r.m, words, errors);
	if (errors->count == before)
		return r.m;
	menu_free(r.m);
	return NULL;
}
