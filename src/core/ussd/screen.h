/* What a handset shows: a node's text and options in a language, cut into pages between options where a transport's screen is
 * too small, in the transport's letters. Pure. */
#ifndef HL_CORE_USSD_SCREEN_H
#define HL_CORE_USSD_SCREEN_H

#include "base/error.h"
#include "core/ussd/menu.h"

#define SCREEN_MAX 1024 /* octets of a screen with its NUL; transliterated or in three-octet letters, too */

/* A question of a campaign, as the campaign has it. */
struct menu_quiz {
	int64_t id;
	char text[MENU_TEXT_MAX + 1];
	char options[MENU_OPTIONS_MAX][MENU_TEXT_MAX + 1];
	size_t option_count;
};

/* By what way a menu is shown, and what stands in it. */
struct screen_view {
	const struct menu *menu;
	const struct menu_transport *transport;
	struct menu_words words;
	const struct menu_quiz *quiz; /* of MENU_QUIZ nodes; NULL: none */
};

struct screen_page { int node; int page; enum wording_language lang; bool again; };

/* Index of the first option of each page; returns how many pages (1 where there are no options), or HL_ERANGE where a page
 * cannot hold one option, whose index is then in starts[0]. */
int screen_pages(const struct screen_view *v, int node, enum wording_language lang, size_t starts[MENU_OPTIONS_MAX + 1]);

/* Writes the page; a page past the last is the last one. With again, says first that the answer was no option, where there is room
 * for it. Returns its length, or HL_ERANGE where it does not fit the transport (a loaded menu's always fits, but for a quiz). */
int screen_render(const struct screen_view *v, const struct screen_page *at, char out[SCREEN_MAX]);

/* A text of the menu with its placeholders filled in, cut where it is too long. */
void screen_text(const struct menu_words *words, const char *text, char out[SCREEN_MAX]);

/* Whether the text fits the transport as it is; units (may be NULL): its length in the alphabet that it needs, most: how long it
 * may be there. */
bool screen_fits(const struct menu_transport *t, const char *text, size_t *units, size_t *most);

#endif
