/* Every text that leaves the house, from etc/wording/: one file a language and script (mn.conf Mongolian Cyrillic,
 * mn-latn.conf Mongolian in Latin letters, en.conf English), one key a text, {placeholders} checked when it is
 * loaded. In the files a key's dots are hyphens: receipt.again.discreet is receipt-again-discreet. The texts are
 * never logged. */
#ifndef HL_CORE_CONFIG_WORDING_H
#define HL_CORE_CONFIG_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum wording_language { WORDING_MN, WORDING_MN_LATN, WORDING_EN, WORDING_LANGUAGES };

struct wording;
struct config;
struct conf_errors;

/* A key that must stand in every file (wording_keys.c): what may stand in it, and how long it may be. */
struct wording_key {
	const char *name;
	const char *args;  /* its placeholders, a space between; police, helpline, short, stop, start may stand anywhere */
	int parts;         /* the most short messages it may take with the widest values */
	bool needed;       /* may not be empty: an officer would not be told */
};

extern const struct wording_key wording_keys[];
extern const size_t wording_key_count;

/* Reads the three files. Every text is measured with the widest values of its placeholders: more parts than its key
 * may have, an unknown placeholder, a character that no cheap alphabet has in a Latin file, and missing and unknown
 * keys are errors. NULL where errors were added; freed by wording_free(). */
struct wording *wording_load(const char *dir, struct conf_errors *errors);
void wording_free(struct wording *w);

/* Puts the configuration's words (police, helpline, short_number, stop_word, start_word; "" keeps the wording's own)
 * in their places and measures again; errors are added where a text became too long. */
void wording_use_config(struct wording *w, const struct config *c, struct conf_errors *errors);

/* Adds an error for each language that has no label for a district of the triage rules. */
void wording_need_district(const struct wording *w, const char *district, struct conf_errors *errors);

struct wording_arg { const char *name; const char *value; };

/* Renders a text, e.g. wording_render(w, "receipt.discreet", WORDING_EN, (struct wording_arg[]){ { "code", "1234567"
 * }, { NULL, NULL } }, out, sizeof(out)). Returns its length; HL_ENOENT: no such key; HL_ERANGE: it does not fit. A
 * placeholder without an argument takes its default (police, helpline, short, stop, start), else stands empty. An
 * empty text means: send nothing (returns 0). Labels are keys too: prio.<urgency>, type.<exploitation> by their
 * names in triage.h, dist.<district> (dist.unknown where the district has no label). args may be NULL. */
int wording_render(const struct wording *w, const char *key, enum wording_language lang, const struct wording_arg *args,
	char *out, size_t size);

/* "mn", "mn-latn", "en". */
const char *wording_language_name(enum wording_language lang);
/* The reverse; false where there is no such language. */
bool wording_language_from_name(const char *name, enum wording_language *lang);

#endif
