/* The menu engine: a session's place in a menu and one input give its next place, and what the answer does. Pure: it neither
 * sends, stores nor alerts; who called it does what `actions` say, then shows screen_render() of the new place. What a person
 * types is any octets at all. */
#ifndef HL_CORE_USSD_ENGINE_H
#define HL_CORE_USSD_ENGINE_H

#include "core/ussd/screen.h"

#define USSD_ANSWERS_MAX 24
#define USSD_TRIES 2 /* so often an input that is no option is asked again; then the text way */

/* An answer: the option of a node, or (option -1) the number that was typed there. */
struct ussd_answer { int node, option; int64_t number; };

struct ussd_state {
	int node, page;
	enum wording_language lang;
	int wrong;         /* inputs in a row that were no option */
	bool ended;        /* the node is the last screen */
	struct ussd_answer answers[USSD_ANSWERS_MAX]; /* one of each node, in the order they were given */
	size_t answer_count;
};

enum ussd_did {
	USSD_TOOK,     /* an option or a number: actions */
	USSD_TURNED,   /* another page */
	USSD_LEFT,     /* 0 */
	USSD_WRONG,    /* no option: asked again */
	USSD_GAVE_UP,  /* no option once too often: the text way */
	USSD_QUIZ,     /* `choice` of the question; who called sets the next node by ussd_go() */
};

struct ussd_step {
	enum ussd_did did;
	unsigned actions; /* enum menu_action */
	int choice;       /* of a quiz: index of its option */
	bool saved;       /* an answer was kept */
};

/* The first screen. */
void ussd_begin(const struct menu *m, enum wording_language lang, struct ussd_state *s);

/* Takes one input. s->ended must not be set. */
struct ussd_step ussd_step(const struct screen_view *v, struct ussd_state *s, const char *input);

/* Puts the session elsewhere: at its first page. */
void ussd_go(const struct menu *m, struct ussd_state *s, int node);

/* The screen of the place where it is; again: because the input was no option. Returns its length or HL_ERANGE. */
int ussd_screen(const struct screen_view *v, const struct ussd_state *s, bool again, char out[SCREEN_MAX]);

/* The number that the input is, -1 where it is none: digits with spaces, points, brackets, * or # around them. */
int64_t ussd_number(const char *input);

/* What was saved under this name, as the option's value ("" where it has none) or the number's digits; NULL where it was not
 * answered. buffer holds the digits. */
const char *ussd_saved(const struct menu *m, const struct ussd_state *s, const char *name, char buffer[MENU_VALUE_MAX]);

#endif
