/* Every text that leaves the house, from etc/wording/: one file a language and script (mn.conf Mongolian Cyrillic, mn-latn.conf
 * Mongolian in Latin letters, en.conf English), one key a text, {placeholders} checked when it is loaded. */
#ifndef HL_CORE_WORDING_H
#define HL_CORE_WORDING_H

#include <stddef.h>

#include "base/error.h"

enum wording_language { WORDING_MN, WORDING_MN_LATN, WORDING_EN, WORDING_LANGUAGES };

struct wording;
struct conf_errors;

struct wording *wording_load(const char *dir, struct conf_errors *errors);
void wording_free(struct wording *w);

struct wording_arg { const char *name; const char *value; };

/* Renders a text, e.g. wording_render(w, "receipt.discreet", WORDING_EN, (struct wording_arg[]){ { "code", "1234567" }, { NULL, NULL } },
 * out, sizeof(out)). Returns its length; HL_ENOENT: no such key; HL_ERANGE: it does not fit. A placeholder without an argument
 * takes its default of the configuration (police, helpline, short, stop, start). An empty text means: send nothing (returns 0). */
int wording_render(const struct wording *w, const char *key, enum wording_language lang, const struct wording_arg *args,
	char *out, size_t size);

#endif
