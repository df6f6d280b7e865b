/* The texts in memory, for the files that load, measure and render them (wording*.c); nobody else includes this. */
#ifndef HL_CORE_CONFIG_WORDING_SET_H
#define HL_CORE_CONFIG_WORDING_SET_H

#include "conf/conf.h"
#include "core/config/wording.h"

#define WORDING_TEXT_MAX 1024     /* octets of one text as it stands in its file */
#define WORDING_LABELS_MAX 64     /* dist.* */
#define WORDING_NAME_MAX 40       /* octets of a key or of a placeholder's name, NUL included */

struct wording_text {
	char *text; /* NULL: the file lacks it */
	int line;
};

struct wording_label { /* dist.*: as many as the rules have districts */
	char name[WORDING_NAME_MAX];
	struct wording_text in[WORDING_LANGUAGES];
};

struct wording {
	char path[WORDING_LANGUAGES][288];
	struct wording_text (*texts)[WORDING_LANGUAGES]; /* by index of wording_keys */
	struct wording_label labels[WORDING_LABELS_MAX];
	size_t label_count;
};

/* The next placeholder at or after s: returns where its { stands and sets name (cut to fit) and *end past its };
 * NULL where there is none. A { without } or with anything but a-z, 0-9 and _ inside gives name "" and *end past the
 * {; so does a lone }. */
const char *wording_placeholder(const char *s, char name[WORDING_NAME_MAX], const char **end);

/* The text of a key, NULL where there is no such key. */
const char *wording_text(const struct wording *w, const char *key, enum wording_language lang);

/* Checks every text of every language: placeholders, alphabet, length. */
void wording_check(const struct wording *w, struct conf_errors *e);

#endif
