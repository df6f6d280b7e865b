/* Reads a campaign's file. What fits together (a quiz has right answers, two options are told apart) is looked at in
 * campaign_def_check.c. */
#include "core/campaign/campaign_def.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/campaign/campaign_def_inside.h"
#include "core/dialogue/contact_safety.h"

#define D(f) offsetof(struct whole, def.f), sizeof(((struct whole *)0)->def.f)
#define S(f) offsetof(struct whole, f), sizeof(((struct whole *)0)->f)
#define O(f) offsetof(struct campaign_option, f), sizeof(((struct campaign_option *)0)->f)
#define T(l) offsetof(struct campaign_text, in[l]), CAMPAIGN_TEXT_MAX + 1
#define ANY(name, required) { name, CONF_ANY, required, 0, 0, 0, 0, NULL }
#define END { NULL, CONF_ANY, false, 0, 0, 0, 0, NULL }

/* The definition, and what is a word in the file and something else in it. */
struct whole { struct campaign_def def; char kind[16], answers[16], hours[16], days[32]; };

static const struct conf_key keys[] = {
	{ "name", CONF_STRING, true, D(name), 0, 0, NULL },
	{ "kind", CONF_STRING, true, S(kind), 0, 0, NULL },
	{ "answers", CONF_STRING, false, S(answers), 0, 0, "first" },
	{ "hours", CONF_STRING, false, S(hours), 0, 0, "09:00-20:00" },
	{ "days", CONF_STRING, false, S(days), 0, 0, "mon tue wed thu fri sat sun" },
	{ "keyword", CONF_STRING, false, D(keyword), 0, 0, "" },
	{ "tell_results", CONF_BOOL, false, D(results_told), 0, 0, "1" },
	{ "reports", CONF_BOOL, false, D(reports), 0, 0, "0" },
	{ "expires_h", CONF_INT, false, D(expires_h), 1, 24 * 90, "168" },
	{ "answer_h", CONF_INT, false, D(answer_h), 1, 24 * 365, "336" },
	{ "per_minute", CONF_INT, false, D(per_minute), 0, 10000, "0" },
	{ "budget", CONF_INT, false, D(budget), 0, 2000000000, "0" },
	{ "errors_percent", CONF_INT, false, D(errors_percent), 0, 100, "30" },
	ANY("groups", false), ANY("districts", false), ANY("text", false), ANY("thanks", false),
	{ "questions", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	END
};
static const struct conf_key text_keys[] = {
	{ "mn", CONF_STRING, false, T(WORDING_MN), 0, 0, "" },
	{ "mn-latn", CONF_STRING, false, T(WORDING_MN_LATN), 0, 0, "" },
	{ "en", CONF_STRING, false, T(WORDING_EN), 0, 0, "" },
	END
};
static const struct conf_key question_keys[] = {
	ANY("text", true), ANY("right", false), ANY("wrong", false), { "options", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL }, END
};
static const struct conf_key option_keys[] = {
	{ "key", CONF_STRING, true, O(key), 0, 0, NULL },
	ANY("words", false),
	{ "label", CONF_STRING, false, O(label), 0, 0, "" },
	{ "right", CONF_BOOL, false, O(right), 0, 0, "0" },
	{ "queue", CONF_BOOL, false, O(queue), 0, 0, "0" },
	END
};

/* ---- texts and lists ------------------------------------------------------------------------------------------------ */

static void read_text(struct def_reader *r, config_setting_t *group, const char *key, struct campaign_text *t)
{
	config_setting_t *s = config_setting_get_member(group, key);
	struct hl_reason why;

	if (!s)
		return;
	if (config_setting_type(s) != CONFIG_TYPE_GROUP) {
		DEF_TELL(r, group, key, "%s must be a group of languages: { mn = \"...\"; en = \"...\"; }", key);
		return;
	}
	conf_read_group(r->path, s, text_keys, t, r->e);
	for (int l = 0; l < WORDING_LANGUAGES; l++)
		if (template_check(t->in[l], &why))
			DEF_TELL(r, s, text_keys[l].name, "%s.%s, %s", key, text_keys[l].name, why.text);
}

/* Reads a list of words, or one word; each has `size` octets at out. */
static size_t read_words(struct def_reader *r, config_setting_t *group, const char *key, char *out, size_t size, size_t max)
{
	const config_setting_t *s = config_setting_get_member(group, key);
	bool one = s && config_setting_type(s) == CONFIG_TYPE_STRING;
	size_t n = 0, count = !s ? 0 : one ? 1 : (size_t)config_setting_length(s);

	if (count > max)
		DEF_TELL(r, group, key, "%s has %zu words: at most %zu", key, count, max);
	for (size_t i = 0; i < count && i < max; i++) {
		const char *word = one ? config_setting_get_string(s) : config_setting_get_string_elem(s, (int)i);
		if (!word || !*word || strchr(word, '\n'))
			DEF_TELL(r, group, key, "%s must be a list of words in quotation marks: [ \"a\", \"b\" ]", key);
		else if (hl_strlcpy(out + n * size, size, word))
			DEF_TELL(r, group, key, "%s: \"%.40s...\" is too long: at most %zu octets", key, word, size - 1);
		else
			n++;
	}
	return n;
}

static bool read_days(const char *text, unsigned *days)
{
	static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	size_t len;

	for (*days = 0; *(text += strspn(text, " ,")); text += len) {
		int day = 0;
		len = strcspn(text, " ,");
		while (day < 7 && (len != 3 || memcmp(text, names[day], 3)))
			day++;
		if (day == 7)
			return false;
		*days |= 1u << day;
	}
	return *days != 0;
}

/* Told with the rest, because it is the first thing that people mend. */
static void read_name(struct def_reader *r, config_setting_t *root, const struct campaign_def *d)
{
	if (strspn(d->name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(d->name) || *d->name == '-')
		DEF_TELL(r, root, "name", "name \"%s\" may have a-z, 0-9, - and _ only", d->name);
	if (strpbrk(d->keyword, " \t\n"))
		DEF_TELL(r, root, "keyword", "keyword must be one word");
}

static void read_kind(struct def_reader *r, config_setting_t *root, struct whole *w)
{
	int kind = 0;

	while (kind < CAMPAIGN_KINDS && strcmp(w->kind, campaign_kind_name((enum campaign_kind)kind)))
		kind++;
	if (kind == CAMPAIGN_KINDS && *w->kind)
		DEF_TELL(r, root, "kind", "kind \"%s\" is none of broadcast, quiz, poll, keyword", w->kind);
	w->def.kind = kind == CAMPAIGN_KINDS ? CAMPAIGN_BROADCAST : (enum campaign_kind)kind;
}

static void read_whole(struct def_reader *r, config_setting_t *root, struct whole *w)
{
	struct campaign_def *d = &w->def;
	struct contact_hours h;

	conf_read_group(r->path, root, keys, w, r->e);
	read_name(r, root, d);
	read_kind(r, root, w);
	d->policy = strcmp(w->answers, "last") == 0 ? CAMPAIGN_LAST : CAMPAIGN_FIRST;
	if (d->policy == CAMPAIGN_FIRST && strcmp(w->answers, "first"))
		DEF_TELL(r, root, "answers", "answers is \"first\" or \"last\": which one of a person counts");
	if (!contact_hours_read(w->hours, &h))
		DEF_TELL(r, root, "hours", "hours must be like \"09:00-20:00\", or \"always\"");
	d->from_min = h.from_min;
	d->to_min = h.to_min;
	if (!read_days(w->days, &d->days))
		DEF_TELL(r, root, "days", "days must be of mon tue wed thu fri sat sun, with a space between");
}

/* ---- questions ------------------------------------------------------------------------------------------------------- */

static config_setting_t *elem(config_setting_t *list, size_t i)
{
	return config_setting_get_elem(list, (unsigned)i);
}

static void read_options(struct def_reader *r, config_setting_t *group, struct campaign_question *q)
{
	config_setting_t *list = config_setting_get_member(group, "options");
	size_t count = list && config_setting_is_list(list) ? (size_t)config_setting_length(list) : 0;

	if (count > CAMPAIGN_OPTIONS_MAX)
		DEF_TELL(r, group, "options", "a question has %zu options: at most %d", count, CAMPAIGN_OPTIONS_MAX);
	for (size_t i = 0; i < count && i < CAMPAIGN_OPTIONS_MAX; i++) {
		struct campaign_option *o = &q->options[q->option_count];
		if (config_setting_type(elem(list, i)) != CONFIG_TYPE_GROUP)
			continue; /* told */
		conf_read_group(r->path, elem(list, i), option_keys, o, r->e);
		o->word_count = read_words(r, elem(list, i), "words", o->words[0], CAMPAIGN_WORD_SIZE, CAMPAIGN_WORDS_MAX);
		q->option_count++;
	}
}

static void read_questions(struct def_reader *r, config_setting_t *root, struct campaign_def *d)
{
	config_setting_t *list = config_setting_get_member(root, "questions");
	size_t count = list && config_setting_is_list(list) ? (size_t)config_setting_length(list) : 0;

	if (count > CAMPAIGN_QUESTIONS_MAX)
		DEF_TELL(r, root, "questions", "there are %zu questions: at most %d", count, CAMPAIGN_QUESTIONS_MAX);
	for (size_t i = 0; i < count && i < CAMPAIGN_QUESTIONS_MAX; i++) {
		struct campaign_question *q = &d->questions[d->question_count];
		if (config_setting_type(elem(list, i)) != CONFIG_TYPE_GROUP)
			continue; /* told */
		conf_read_group(r->path, elem(list, i), question_keys, q, r->e);
		read_text(r, elem(list, i), "text", &q->text);
		read_text(r, elem(list, i), "right", &q->right);
		read_text(r, elem(list, i), "wrong", &q->wrong);
		read_options(r, elem(list, i), q);
		r->lines[d->question_count++] = (int)config_setting_source_line(elem(list, i));
	}
}

struct campaign_def *campaign_def_read(const char *path, const char *text, size_t len, struct conf_errors *errors)
{
	struct whole *w = hl_calloc(1, sizeof(*w)); /* the definition is its first member */
	struct campaign_def *d = &w->def;
	struct def_reader r = { .path = path, .e = errors };
	size_t before = errors->count;
	config_t cfg;

	if (conf_read_text(path, text, len, &cfg, errors) == 0) {
		config_setting_t *root = config_root_setting(&cfg);
		read_whole(&r, root, w);
		d->to.group_count = read_words(&r, root, "groups", d->to.groups[0], sizeof(d->to.groups[0]), CAMPAIGN_PICKS_MAX);
		d->to.district_count = read_words(&r, root, "districts", d->to.districts[0], sizeof(d->to.districts[0]), CAMPAIGN_PICKS_MAX);
		read_text(&r, root, "text", &d->text);
		read_text(&r, root, "thanks", &d->thanks);
		read_questions(&r, root, d);
		if (errors->count == before)
			campaign_def_check(&r, d);
	}
	config_destroy(&cfg);
	if (errors->count == before)
		return d;
	campaign_def_free(d);
	return NULL;
}

void campaign_def_free(struct campaign_def *def)
{
	free(def);
}

/* ---- texts of a definition ------------------------------------------------------------------------------------------- */

bool campaign_text_is_empty(const struct campaign_text *t)
{
	for (int l = 0; l < WORDING_LANGUAGES; l++)
		if (*t->in[l])
			return false;
	return true;
}

const char *campaign_text_pick(const struct campaign_text *t, enum wording_language language)
{
	static const enum wording_language order[WORDING_LANGUAGES][WORDING_LANGUAGES] = {
		[WORDING_MN] = { WORDING_MN, WORDING_MN_LATN, WORDING_EN },
		[WORDING_MN_LATN] = { WORDING_MN_LATN, WORDING_MN, WORDING_EN },
		[WORDING_EN] = { WORDING_EN, WORDING_MN, WORDING_MN_LATN },
	};

	for (int i = 0; i < WORDING_LANGUAGES; i++)
		if (*t->in[order[language][i]])
			return t->in[order[language][i]];
	return "";
}

const struct campaign_text *campaign_def_opening(const struct campaign_def *def)
{
	return campaign_text_is_empty(&def->text) && def->question_count ? &def->questions[0].text : &def->text;
}

const char *campaign_kind_name(enum campaign_kind kind)
{
	static const char *const names[CAMPAIGN_KINDS] = { "broadcast", "quiz", "poll", "keyword" };

	return (unsigned)kind < CAMPAIGN_KINDS ? names[kind] : "?";
}
