/* Measures the texts: every placeholder known and allowed, and the whole, with the widest values there can be,
 * within the parts its key may take. */
#include <string.h>

#include "base/mem.h"
#include "core/config/wording_set.h"
#include "text/sms.h"
#include "text/utf8.h"

/* How wide a placeholder can become: so many characters, or as wide as the widest label. */
static const struct width {
	const char *name;
	const char *label; /* prefix of keys, or NULL */
	size_t characters;
	bool anywhere;     /* may stand in every text */
} widths[] = {
	{ "police", "word.police", 3, true }, { "helpline", "word.helpline", 3, true }, { "short", "word.short", 8, true },
	{ "stop", "word.stop", 4, true }, { "start", "word.start", 5, true },
	{ "prio", "prio.", 0, false }, { "type", "type.", 0, false }, { "dist", "dist.", 0, false },
	{ "code", NULL, 8, false }, { "min", NULL, 3, false }, { "n", NULL, 3, false }, { "n1", NULL, 4, false },
	{ "n2", NULL, 3, false }, { "n3", NULL, 3, false }, { "n4", NULL, 4, false }, { "date", NULL, 7, false },
	{ "head", NULL, 26, false },
	{ "ans", NULL, 1, false }, { "when", NULL, 11, false }, { "port", NULL, 32, false },
	{ "ack", NULL, 8, false }, { "role", "role.", 0, false }, { "names", NULL, 28, false }, { "next", NULL, 14, false },
	{ "who", NULL, 28, false }, { "from", NULL, 11, false }, { "to", NULL, 11, false },
};

static size_t characters(const char *text)
{
	size_t count = 0, len = strlen(text);
	uint32_t cp;

	for (size_t at = 0; at < len; count++)
		at += utf8_read(text + at, len - at, &cp, NULL);
	return count;
}

static void take_wider(const char **widest, const char *text)
{
	if (text && (!*widest || characters(text) > characters(*widest)))
		*widest = text;
}

static const char *widest_label(const struct wording *w, const char *prefix, enum wording_language lang)
{
	const char *widest = NULL;

	for (size_t i = 0; i < wording_key_count; i++)
		if (strncmp(wording_keys[i].name, prefix, strlen(prefix)) == 0)
			take_wider(&widest, w->texts[i][lang].text);
	for (size_t i = 0; strcmp(prefix, "dist.") == 0 && i < w->label_count; i++)
		take_wider(&widest, w->labels[i].in[lang].text);
	return widest ? widest : "";
}

static void widest_value(const struct wording *w, const struct width *width, enum wording_language lang, char *out,
	size_t size)
{
	const char *label = width->label ? widest_label(w, width->label, lang) : "";
	size_t len = characters(label) >= width->characters ? 0 : width->characters;

	hl_strlcpy(out, size, len ? "" : label);
	if (len) {
		memset(out, '0', len);
		out[len] = '\0';
	}
}

static bool is_allowed(const struct wording_key *key, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = key->args; *at;) {
		size_t word = strcspn(at, " ");
		if (word == len && memcmp(at, name, len) == 0)
			return true;
		at += word + strspn(at + word, " ");
	}
	return false;
}

static const struct width *find_width(const char *name)
{
	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
		if (strcmp(widths[i].name, name) == 0)
			return &widths[i];
	return NULL;
}

/* What a check is about. */
struct place {
	const struct wording *w;
	const struct wording_key *key;
	enum wording_language lang;
	const struct wording_text *text;
	struct conf_errors *e;
};

#define PLACE_ERROR(p, ...) conf_error((p)->e, (p)->w->path[(p)->lang], (p)->text->line, __VA_ARGS__)

/* The text with the widest values in out; false after an error. */
static bool expand(const struct place *p, char *out, size_t size)
{
	char name[WORDING_NAME_MAX], value[WORDING_TEXT_MAX + 1];
	const char *s = p->text->text, *open, *end;
	size_t len = 0;

	while ((open = wording_placeholder(s, name, &end))) {
		const struct width *width = find_width(name);
		if (!*name) {
			PLACE_ERROR(p, "%s: a bracket { or } without its placeholder", p->key->name);
			return false;
		}
		if (!width || !(width->anywhere || is_allowed(p->key, name))) {
			PLACE_ERROR(p, "%s: unknown placeholder {%s}%s%s", p->key->name, name, *p->key->args ? ": it has " : "",
				p->key->args);
			return false;
		}
		widest_value(p->w, width, p->lang, value, sizeof(value));
		len += (size_t)snprintf(out + len, size - len, "%.*s%s", (int)(open - s), s, value);
		if (len >= size) {
			PLACE_ERROR(p, "%s is too long", p->key->name);
			return false;
		}
		s = end;
	}
	return len + strlen(s) < size && hl_strlcpy(out + len, size - len, s) == 0;
}

static void check_text(const struct place *p)
{
	char out[2 * WORDING_TEXT_MAX];
	struct sms_cut cut;

	if (p->key->needed && p->text->text[strspn(p->text->text, " ")] == '\0') {
		PLACE_ERROR(p, "%s must not be empty: somebody waits for it", p->key->name);
		return;
	}
	if (!utf8_valid(p->text->text, strlen(p->text->text)) || !expand(p, out, sizeof(out)))
		return;
	if (sms_measure(out, strlen(out), &cut))
		return;
	if (p->lang != WORDING_MN && cut.coding != SMS_GSM7)
		PLACE_ERROR(p, "%s: the character U+%04X is not in the GSM alphabet, which makes the text cost more", p->key->name,
			(unsigned)cut.forced_by);
	if (cut.parts > (size_t)p->key->parts)
		PLACE_ERROR(p, "%s takes %zu messages (%zu units with the widest values) but may take %d", p->key->name, cut.parts,
			cut.units, p->key->parts);
}

void wording_check(const struct wording *w, struct conf_errors *e)
{
	static const struct wording_key label = { "dist", "", 1, true };

	for (int l = 0; l < WORDING_LANGUAGES; l++) {
		enum wording_language lang = (enum wording_language)l;
		for (size_t i = 0; i < wording_key_count; i++) {
			struct place p = { w, &wording_keys[i], lang, &w->texts[i][lang], e };
			if (p.text->text)
				check_text(&p);
		}
		for (size_t i = 0; i < w->label_count; i++) {
			struct place p = { w, &label, lang, &w->labels[i].in[lang], e };
			if (p.text->text)
				check_text(&p);
		}
	}
}
