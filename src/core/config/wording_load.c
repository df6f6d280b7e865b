/* Reads the files of the wording; wording_check.c then measures what was read. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "core/config/wording_set.h"

#define LABEL_PREFIX "dist-"

/* receipt.again.discreet -> receipt-again-discreet */
static void file_key(const char *key, char out[WORDING_NAME_MAX])
{
	hl_strlcpy(out, WORDING_NAME_MAX, key);
	for (char *p = out; *p; p++)
		if (*p == '.')
			*p = '-';
}

static struct wording_text *key_slot(struct wording *w, const char *name, enum wording_language lang)
{
	char key[WORDING_NAME_MAX];

	for (size_t i = 0; i < wording_key_count; i++) {
		file_key(wording_keys[i].name, key);
		if (strcmp(key, name) == 0)
			return &w->texts[i][lang];
	}
	return NULL;
}

/* The slot of dist-<district>; NULL where the table is full or the name too long. */
static struct wording_text *label_slot(struct wording *w, const char *name, enum wording_language lang)
{
	const char *district = name + strlen(LABEL_PREFIX);

	for (size_t i = 0; i < w->label_count; i++)
		if (strcmp(w->labels[i].name, district) == 0)
			return &w->labels[i].in[lang];
	if (w->label_count == WORDING_LABELS_MAX || strlen(district) >= WORDING_NAME_MAX)
		return NULL;
	hl_strlcpy(w->labels[w->label_count].name, WORDING_NAME_MAX, district);
	return &w->labels[w->label_count++].in[lang];
}

static void unknown_key(const char *path, int line, const char *name, struct conf_errors *e)
{
	char key[WORDING_NAME_MAX];

	for (size_t i = 0; i < wording_key_count; i++) {
		file_key(wording_keys[i].name, key);
		if (conf_similar(key, name)) {
			conf_error(e, path, line, "unknown text \"%.40s\": did you mean \"%s\"?", name, key);
			return;
		}
	}
	conf_error(e, path, line, "unknown text \"%.40s\"", name);
}

static void read_text(struct wording *w, enum wording_language lang, const config_setting_t *s, struct conf_errors *e)
{
	const char *name = config_setting_name(s), *text = config_setting_get_string(s);
	bool label = strncmp(name, LABEL_PREFIX, strlen(LABEL_PREFIX)) == 0;
	struct wording_text *slot = label ? label_slot(w, name, lang) : key_slot(w, name, lang);
	int line = (int)config_setting_source_line(s);

	if (!slot && label)
		conf_error(e, w->path[lang], line, "more than %d labels of districts, or a name that is too long",
			WORDING_LABELS_MAX);
	else if (!slot)
		unknown_key(w->path[lang], line, name, e);
	else if (!text)
		conf_error(e, w->path[lang], line, "%s must be a text in quotation marks", name);
	else if (strlen(text) > WORDING_TEXT_MAX)
		conf_error(e, w->path[lang], line, "%s is longer than %d octets", name, WORDING_TEXT_MAX);
	else {
		slot->text = hl_strdup(text);
		slot->line = line;
	}
}

static void read_file(struct wording *w, enum wording_language lang, struct conf_errors *e)
{
	config_t cfg;

	if (conf_read(w->path[lang], &cfg, e) == 0) {
		const config_setting_t *root = config_root_setting(&cfg);
		for (int i = 0; i < config_setting_length(root); i++)
			read_text(w, lang, config_setting_get_elem((config_setting_t *)(uintptr_t)root, (unsigned)i), e);
	}
	config_destroy(&cfg);
}

static void check_complete(const struct wording *w, enum wording_language lang, struct conf_errors *e)
{
	char key[WORDING_NAME_MAX];

	for (size_t i = 0; i < wording_key_count; i++) {
		file_key(wording_keys[i].name, key);
		if (!w->texts[i][lang].text)
			conf_error(e, w->path[lang], 0, "%s is missing", key);
	}
	for (size_t i = 0; i < w->label_count; i++)
		if (!w->labels[i].in[lang].text)
			conf_error(e, w->path[lang], 0, LABEL_PREFIX "%s is missing, but another language has it", w->labels[i].name);
	if (!wording_text(w, "dist.unknown", lang))
		conf_error(e, w->path[lang], 0, LABEL_PREFIX "unknown is missing");
}

struct wording *wording_load(const char *dir, struct conf_errors *errors)
{
	struct wording *w = hl_calloc(1, sizeof(*w));
	size_t before = errors->count;
	bool whole[WORDING_LANGUAGES];

	w->texts = hl_calloc(wording_key_count, sizeof(*w->texts));
	for (int lang = 0; lang < WORDING_LANGUAGES; lang++) {
		size_t had = errors->count;
		snprintf(w->path[lang], sizeof(w->path[lang]), "%s/%s.conf", dir, wording_language_name((enum wording_language)lang));
		read_file(w, (enum wording_language)lang, errors);
		whole[lang] = errors->count == had;
	}
	for (int lang = 0; lang < WORDING_LANGUAGES; lang++)
		if (whole[lang])
			check_complete(w, (enum wording_language)lang, errors);
	wording_check(w, errors);
	if (errors->count == before)
		return w;
	wording_free(w);
	return NULL;
}

void wording_free(struct wording *w)
{
	if (!w)
		return;
	for (int lang = 0; lang < WORDING_LANGUAGES; lang++) {
		for (size_t i = 0; i < wording_key_count; i++)
			free(w->texts[i][lang].text);
		for (size_t i = 0; i < w->label_count; i++)
			free(w->labels[i].in[lang].text);
	}
	free(w->texts);
	free(w);
}

static void use_word(struct wording *w, const char *key, const char *word)
{
	for (size_t i = 0; *word && i < wording_key_count; i++) {
		for (int lang = 0; strcmp(wording_keys[i].name, key) == 0 && lang < WORDING_LANGUAGES; lang++) {
			free(w->texts[i][lang].text);
			w->texts[i][lang].text = hl_strdup(word);
		}
	}
}

void wording_use_config(struct wording *w, const struct config *c, struct conf_errors *errors)
{
	use_word(w, "word.police", c->police);
	use_word(w, "word.helpline", c->helpline);
	use_word(w, "word.short", c->short_number);
	use_word(w, "word.stop", c->stop_word);
	use_word(w, "word.start", c->start_word);
	wording_check(w, errors);
}

void wording_need_district(const struct wording *w, const char *district, struct conf_errors *errors)
{
	char key[WORDING_NAME_MAX + 8];

	snprintf(key, sizeof(key), "dist.%s", district);
	for (int lang = 0; lang < WORDING_LANGUAGES; lang++)
		if (!wording_text(w, key, (enum wording_language)lang))
			conf_error(errors, w->path[lang], 0, LABEL_PREFIX "%s is missing: the triage rules have that district", district);
}
