#include "conf/conf.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

#define PATH_SHOWN_MAX 120 /* of a reason's 256 characters, so that the fault itself is never cut away */

void conf_error(struct conf_errors *e, const char *file, int line, const char *fmt, ...)
{
	size_t len = strlen(file), at;
	char *text;
	va_list ap;

	if (e->count++ >= CONF_ERRORS_MAX)
		return;
	text = e->list[e->count - 1].text;
	if (len > PATH_SHOWN_MAX)
		file += len - PATH_SHOWN_MAX;
	if (line > 0)
		snprintf(text, sizeof(e->list[0].text), "%s:%d: ", file, line);
	else
		snprintf(text, sizeof(e->list[0].text), "%s: ", file);
	at = strlen(text);
	va_start(ap, fmt);
	vsnprintf(text + at, sizeof(e->list[0].text) - at, fmt, ap);
	va_end(ap);
}

void conf_errors_print(FILE *out, const struct conf_errors *e)
{
	size_t shown = e->count < CONF_ERRORS_MAX ? e->count : CONF_ERRORS_MAX;

	for (size_t i = 0; i < shown; i++)
		fprintf(out, "%s\n", e->list[i].text);
	if (e->count > shown)
		fprintf(out, "and %zu more errors\n", e->count - shown);
}

/* ---- names ----------------------------------------------------------------------------------- */

#define SIMILAR_MAX 40 /* longer names are compared as different */

static size_t smallest(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/* Levenshtein distance, one row at a time. */
static size_t name_distance(const char *a, const char *b)
{
	size_t row[SIMILAR_MAX + 1], la = strlen(a), lb = strlen(b);

	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t above = row[j];
			row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[lb];
}

bool conf_similar(const char *a, const char *b)
{
	size_t longest = strlen(a) > strlen(b) ? strlen(a) : strlen(b);

	return longest <= SIMILAR_MAX && name_distance(a, b) <= (longest < 5 ? 1 : 2);
}

int conf_line(const config_setting_t *group, const char *key)
{
	const config_setting_t *s = config_setting_get_member(group, key);

	return (int)config_setting_source_line(s ? s : group);
}

/* ---- groups by table ------------------------------------------------------------------------- */

static void unknown_key(const char *path, const config_setting_t *s, const struct conf_key *keys, struct conf_errors *e)
{
	const char *name = config_setting_name(s);
	int line = (int)config_setting_source_line(s);

	for (const struct conf_key *k = keys; k->name; k++) {
		if (conf_similar(name, k->name)) {
			conf_error(e, path, line, "unknown key \"%s\": did you mean \"%s\"?", name, k->name);
			return;
		}
	}
	conf_error(e, path, line, "unknown key \"%s\"", name);
}

static void set_default(const struct conf_key *k, void *into)
{
	char *at;

	if (!k->default_text)
		return; /* into may be NULL */
	at = (char *)into + k->offset;
	if (k->kind == CONF_STRING)
		hl_strlcpy(at, k->size, k->default_text);
	else if (k->kind == CONF_INT)
		*(int64_t *)(void *)at = strtoll(k->default_text, NULL, 10);
	else if (k->kind == CONF_BOOL)
		*(bool *)(void *)at = *k->default_text == '1';
}

static void read_string(const char *path, const config_setting_t *s, const struct conf_key *k, char *out,
	struct conf_errors *e)
{
	const char *text = config_setting_get_string(s);
	int line = (int)config_setting_source_line(s);

	if (!text)
		conf_error(e, path, line, "%s must be a text in quotation marks", k->name);
	else if (!utf8_valid(text, strlen(text)))
		conf_error(e, path, line, "%s is not valid UTF-8: save the file as UTF-8", k->name);
	else if (strlen(text) >= k->size)
		conf_error(e, path, line, "%s is too long: at most %zu octets", k->name, k->size - 1);
	else if (*text == '\0' && k->required)
		conf_error(e, path, line, "%s must not be empty", k->name);
	else
		hl_strlcpy(out, k->size, text);
}

static void read_int(const char *path, const config_setting_t *s, const struct conf_key *k, int64_t *out,
	struct conf_errors *e)
{
	int type = config_setting_type(s), line = (int)config_setting_source_line(s);
	int64_t n;

	if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64) {
		conf_error(e, path, line, "%s must be a whole number without quotation marks", k->name);
		return;
	}
	n = config_setting_get_int64(s);
	if (n < k->min || n > k->max)
		conf_error(e, path, line, "%s is %lld but must be between %lld and %lld", k->name, (long long)n,
			(long long)k->min, (long long)k->max);
	else
		*out = n;
}

static void read_bool(const char *path, const config_setting_t *s, const struct conf_key *k, bool *out,
	struct conf_errors *e)
{
	if (config_setting_type(s) != CONFIG_TYPE_BOOL)
		conf_error(e, path, (int)config_setting_source_line(s), "%s must be true or false", k->name);
	else
		*out = config_setting_get_bool(s);
}

static void check_groups(const char *path, const config_setting_t *s, const struct conf_key *k, struct conf_errors *e)
{
	int type = config_setting_type(s);

	if (type != CONFIG_TYPE_LIST && !(type == CONFIG_TYPE_ARRAY && config_setting_length(s) == 0)) {
		conf_error(e, path, (int)config_setting_source_line(s), "%s must be a list of groups: ( { ... }, { ... } )", k->name);
		return;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *g = config_setting_get_elem(s, (unsigned)i);
		if (config_setting_type(g) != CONFIG_TYPE_GROUP)
			conf_error(e, path, (int)config_setting_source_line(g), "each of %s must be a group: { ... }", k->name);
	}
}

static void read_key(const char *path, const config_setting_t *s, const struct conf_key *k, void *into,
	struct conf_errors *e)
{
	char *at = into ? (char *)into + k->offset : NULL; /* where nothing is filled in, only its presence is looked at */

	switch (k->kind) {
	case CONF_STRING:
		read_string(path, s, k, at, e);
		break;
	case CONF_INT:
		read_int(path, s, k, (int64_t *)(void *)at, e);
		break;
	case CONF_BOOL:
		read_bool(path, s, k, (bool *)(void *)at, e);
		break;
	case CONF_GROUP_LIST:
		check_groups(path, s, k, e);
		break;
	case CONF_ANY:
		break;
	}
}

static bool has_key(const struct conf_key *keys, const char *name)
{
	for (const struct conf_key *k = keys; k->name; k++)
		if (strcmp(k->name, name) == 0)
			return true;
	return false;
}

void conf_read_group(const char *path, config_setting_t *group, const struct conf_key *keys, void *into,
	struct conf_errors *e)
{
	for (const struct conf_key *k = keys; k->name; k++) {
		const config_setting_t *s = config_setting_get_member(group, k->name);
		set_default(k, into);
		if (s)
			read_key(path, s, k, into, e);
		else if (k->required)
			conf_error(e, path, (int)config_setting_source_line(group), "%s is missing", k->name);
	}
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *s = config_setting_get_elem(group, (unsigned)i);
		if (!has_key(keys, config_setting_name(s)))
			unknown_key(path, s, keys, e);
	}
}
