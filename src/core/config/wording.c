#include "core/config/wording.h"

#include <string.h>

#include "base/mem.h"
#include "core/config/wording_set.h"

static const char *const languages[WORDING_LANGUAGES] = {
	[WORDING_MN] = "mn", [WORDING_MN_LATN] = "mn-latn", [WORDING_EN] = "en",
};

const char *wording_language_name(enum wording_language lang)
{
	return languages[lang];
}

bool wording_language_from_name(const char *name, enum wording_language *lang)
{
	for (int i = 0; i < WORDING_LANGUAGES; i++) {
		if (strcmp(languages[i], name) == 0) {
			*lang = (enum wording_language)i;
			return true;
		}
	}
	return false;
}

const char *wording_placeholder(const char *s, char name[WORDING_NAME_MAX], const char **end)
{
	const char *open = strpbrk(s, "{}");
	size_t len;

	if (!open)
		return NULL;
	*name = '\0';
	*end = open + 1;
	len = strspn(open + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
	if (*open == '{' && open[len + 1] == '}' && len < WORDING_NAME_MAX) {
		memcpy(name, open + 1, len);
		name[len] = '\0';
		*end = open + len + 2;
	}
	return open;
}

const char *wording_text(const struct wording *w, const char *key, enum wording_language lang)
{
	for (size_t i = 0; i < wording_key_count; i++)
		if (strcmp(wording_keys[i].name, key) == 0)
			return w->texts[i][lang].text;
	if (strncmp(key, "dist.", 5) != 0)
		return NULL;
	for (size_t i = 0; i < w->label_count; i++)
		if (strcmp(w->labels[i].name, key + 5) == 0)
			return w->labels[i].in[lang].text;
	return NULL;
}

/* What stands in a placeholder's place. */
static const char *value_of(const struct wording *w, enum wording_language lang, const struct wording_arg *args,
	const char *name)
{
	char key[WORDING_NAME_MAX + 8];
	const char *word;

	for (const struct wording_arg *a = args; a && a->name; a++)
		if (strcmp(a->name, name) == 0)
			return a->value;
	snprintf(key, sizeof(key), "word.%s", name);
	word = wording_text(w, key, lang);
	return word ? word : "";
}

/* Appends len octets; false where they do not fit with a NUL. */
static bool append(char *out, size_t size, size_t *at, const char *text, size_t len)
{
	if (*at + len >= size)
		return false;
	memcpy(out + *at, text, len);
	*at += len;
	out[*at] = '\0';
	return true;
}

int wording_render(const struct wording *w, const char *key, enum wording_language lang, const struct wording_arg *args,
	char *out, size_t size)
{
	const char *s = wording_text(w, key, lang), *open, *end;
	char name[WORDING_NAME_MAX];
	size_t at = 0;

	if (!s)
		return HL_ENOENT;
	if (size == 0)
		return HL_ERANGE;
	*out = '\0';
	while ((open = wording_placeholder(s, name, &end))) {
		const char *value = value_of(w, lang, args, name);
		if (!append(out, size, &at, s, (size_t)(open - s)) || !append(out, size, &at, value, strlen(value)))
			return HL_ERANGE;
		s = end;
	}
	if (!append(out, size, &at, s, strlen(s)))
		return HL_ERANGE;
	return (int)at;
}
