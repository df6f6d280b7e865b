/* Whether a text may go to a texter now, and in which words: the safe-contact state. Pure: facts in, a verdict out; no
 * clock, no store, no number. Somebody else may hold the phone, so where nothing is known the house's rule decides, and
 * silence, once asked for, is kept. */
#ifndef HL_CORE_DIALOGUE_CONTACT_SAFETY_H
#define HL_CORE_DIALOGUE_CONTACT_SAFETY_H

#include <stdbool.h>
#include <stdint.h>

/* Stored: never renumber. */
enum contact_safety { CONTACT_UNKNOWN, CONTACT_OK, CONTACT_DISCREET, CONTACT_SILENT, CONTACT_SAFETIES };

/* What a text to a texter is for. */
enum safety_purpose {
	SAFETY_RECEIPT,   /* the answer to a text of theirs */
	SAFETY_QUESTION,  /* an officer asks */
	SAFETY_ADVICE,    /* emergency numbers: never where another may read it */
	SAFETY_CAMPAIGN,
	SAFETY_LAST_WORD, /* says that there will be silence */
	SAFETY_MENU,      /* a screen of the menu that they opened by a text just now */
	SAFETY_PURPOSES
};

/* Hours of the day in which they may be texted, as minutes after midnight; from == to: at any time. A window may go over
 * midnight. */
struct contact_hours { int from_min, to_min; };

#define SAFETY_DAY_MIN (24 * 60)
#define SAFETY_HOLD_MOST_MIN 60 /* then it is asked again: clocks are set, hours are changed */

struct safety_facts {
	enum contact_safety state;
	bool fresh;          /* they answered not long ago that it is safe */
	bool house_discreet; /* configuration: discreet wording where nothing is known */
	bool has_discreet;   /* the text has a discreet form */
	struct contact_hours hours;
	int now_min;         /* local time, minutes after midnight */
};

enum safety_action { SAFETY_SEND, SAFETY_SEND_DISCREET, SAFETY_HOLD, SAFETY_NEVER };

struct safety_verdict {
	enum safety_action action;
	int wait_min;    /* of a held one: when to ask again, 1 to SAFETY_HOLD_MOST_MIN */
	const char *why; /* of what is not sent, in words for people; "" otherwise */
};

struct safety_verdict contact_safety_decide(const struct safety_facts *f, enum safety_purpose purpose);

/* Whether the window is open, and if not, minutes until it opens (1 to a day). */
bool contact_hours_open(const struct contact_hours *h, int now_min, int *wait_min);

/* "unknown", "reply-ok", "discreet", "no-reply"; and the reverse, false where there is no such name. */
const char *contact_safety_name(enum contact_safety state);
bool contact_safety_from_name(const char *name, enum contact_safety *state);

/* Reads "18:00-22:30"; "always" is a window that is always open. False where it is neither. */
bool contact_hours_read(const char *text, struct contact_hours *h);
/* The reverse. */
#define CONTACT_HOURS_TEXT 12
void contact_hours_print(const struct contact_hours *h, char out[CONTACT_HOURS_TEXT]);

#endif
