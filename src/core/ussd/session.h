/* A session of the menu in memory, while one request is handled: its row, its place and answers, and what has come of them. Only
 * the files of this room include it. */
#ifndef HL_CORE_USSD_SESSION_H
#define HL_CORE_USSD_SESSION_H

#include <event2/event.h>

#include "base/seldom.h"
#include "core/core.h"
#include "core/ussd/engine.h"
#include "core/ussd/order.h"
#include "core/ussd/ussd_room.h"
#include "store/contact.h"
#include "store/ussd.h"

#define USSD_MENUS_MAX 4 /* older ones in memory; others are read from the store */

struct ussd_room {
	struct core *core;
	struct menu *older[USSD_MENUS_MAX];
	size_t older_next;
	struct event *timer;
	int64_t last_id;
	int64_t due_boot_ms, tidy_boot_ms;   /* when the timer is due; when old sessions are next looked for */
	int64_t open, counted_boot_ms;       /* open sessions as they were counted, and when */
	const struct ussd_quiz_source *quiz; /* NULL: there are no campaigns */
	struct hl_seldom refused[USSD_ORDERS]; /* a phone that floods does not fill the log */
};

struct ussd_session {
	struct ussd_row row;
	const struct menu *menu;
	struct ussd_state state;
	struct contact_row contact;
	bool contact_is_new, from_roster; /* people of the roster neither join nor leave */
	int urgency;              /* enum triage_urgency of the report; 0: it is none */
	bool rang, opened;        /* those on duty were told; the case was opened by this session */
	bool silenced;            /* nobody knew whether they may be texted: they may not, until they say so */
	int64_t resumes;          /* the session that they may go on with */
	int64_t quiz_last;        /* the question that was answered last in it; 0: none */
	char answer[8];           /* the right one to the question that was answered */
	struct menu_quiz quiz;
	char screen[SCREEN_MAX];  /* the last one that was said */
};

/* ---- session.c: what is kept of it */
void ussd_session_seal(struct core *core, struct ussd_session *s);
/* HL_ECORRUPT, or HL_ENOENT where its menu is lost. */
int ussd_session_open(struct core *core, struct ussd_session *s);

/* ---- ussd_menus.c: the menu of that version; NULL where it is lost */
const struct menu *ussd_menu_of(struct core *core, const char *version);
void ussd_menus_free(struct ussd_room *r);
/* The house's words, in the session's language. */
struct ussd_words { char police[32], helpline[32], short_number[32], code[16]; };
void ussd_words_read(struct core *core, enum wording_language lang, struct ussd_words *w);

/* ---- ussd_report.c: what an answer does */
void ussd_report_step(struct core *core, struct ussd_session *s, const struct ussd_step *step);
/* The session is over: whoever was not told yet is told now. whole: it has all it can have. */
void ussd_report_over(struct core *core, struct ussd_session *s, bool whole);
/* Something that is no option may be all that somebody could say: it is stored as a text. */
bool ussd_report_words(struct core *core, struct ussd_session *s, const char *input);

/* By what way, as a message and the statistics name it: "ussd:hubtel". */
void ussd_way_name(const struct ussd_session *s, char out[33]);

/* ---- ussd_quiz.c: where the session stands at a quiz, its question is fetched, or it is led on */
void ussd_quiz_answer(struct core *core, struct ussd_session *s, int choice);
void ussd_quiz_arrive(struct core *core, struct ussd_session *s);

#endif
