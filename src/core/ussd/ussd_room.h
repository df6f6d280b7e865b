/* Sessions of people who walk through the menu, whatever way they come: by hotline-ussd, by numbered texts, by a modem's own network.
 * Each input is taken in the turn's transaction, and its screen leaves after the commit, so that the same input offered again is
 * answered with the same screen. An answer that makes a report an emergency rings in that very turn; a session that breaks off leaves
 * what was answered as a partial report. Nobody is texted who did not say that it is safe. */
#ifndef HL_CORE_USSD_USSD_ROOM_H
#define HL_CORE_USSD_USSD_ROOM_H

#include "core/core.h"
#include "core/inbound/sender.h"
#include "core/ussd/engine.h"

#define USSD_RESUME_MS (30 * 60 * INT64_C(1000))  /* so long a session that broke off can be gone on with */
#define USSD_KEEP_MS (24 * 60 * 60 * INT64_C(1000)) /* so long one that is over is kept: requests may be repeated late */
#define USSD_WINDOW_MS (10 * 60 * INT64_C(1000))  /* of how many sessions a number may begin: */
#define USSD_WINDOW_MOST 20
#define USSD_OPEN_MOST 20000                       /* of everybody */
#define USSD_DIALLED_MOST 16                       /* inputs that were dialled along with the code; those behind are passed over */
#define USSD_STEPS_MOST 100                        /* inputs of a session; then the text way */

#define USSD_BY_TEXT "sms"     /* transports that are no listener of hotline-ussd */
#define USSD_BY_MODEM "modem"

struct ussd_room;

/* core->menu may be NULL: there is no menu, and every request is refused as busy. */
struct ussd_room *ussd_room_new(struct core *core);
void ussd_room_free(struct ussd_room *r);

struct ussd_request {
	const char *transport;
	const char *session;  /* the operator's name for it; NULL: this number's open one by this transport */
	const struct sender *from;
	int64_t step;         /* which input of the session it is; 0: not known */
	const char *input;
	bool begin;
	const char *dialled;  /* inputs with "*" between: where there is no such session, it begins with them; NULL or "": none */
	const char *modem;    /* that a text came by, or "" */
};

struct ussd_reply {
	const char *refused;  /* "" or why, as in struct wire_ussd_refused */
	char text[SCREEN_MAX];
	bool end;
};

/* Takes one request, in a turn. reply is what to say once the turn is committed. */
void ussd_take(struct core *core, const struct ussd_request *q, struct ussd_reply *reply);

/* The session is over without its last screen: what was answered is a partial report. In a turn. */
void ussd_break_off(struct core *core, const char *transport, const char *session);

/* Whether this contact has an open session by the transport; touched_ms (may be NULL): when it was last answered. */
bool ussd_is_open(struct core *core, int64_t contact_id, const char *transport, int64_t *touched_ms);

/* Reads the menu that the configuration names, for core_configure(); needs core->wording. NULL where errors were added. */
struct conf_errors;
struct menu *ussd_menu_load(struct core *core, struct conf_errors *errors);
struct triage_rules;
void ussd_menu_check_districts(const struct menu *m, const struct triage_rules *rules, struct conf_errors *errors);

/* Reads the menu's file again: HL_EINVAL with the errors where it is not good; the old one stays. Sessions keep theirs. */
int ussd_reload(struct core *core, struct conf_errors *errors);

/* ---- the quiz of the running campaign */

struct ussd_quiz_source {
	/* The question after that one (its id; 0: the first); false: there is none (any more). */
	bool (*ask)(struct core *core, const struct contact_row *contact, enum wording_language lang, int64_t after, struct menu_quiz *q);
	/* Takes the answer, in the turn. Where it is wrong, right tells the right one in a letter or a word. */
	enum menu_quiz_way (*answer)(struct core *core, const struct contact_row *contact, const struct menu_quiz *q, int choice, char *right,
		size_t size);
};

/* NULL: there are no campaigns. */
void ussd_set_quiz(struct core *core, const struct ussd_quiz_source *source);
/* The quiz that core/campaign/ runs (ussd_campaign.c). */
void ussd_campaign_start(struct core *core);

/* ---- by texts (ussd_text.c) */

/* Takes texts that are for the menu: the word that opens it, or a number while it is open. */
void ussd_text_start(struct core *core);

/* ---- by hotline-ussd (ussd_link.c) */
void ussd_link_start(struct core *core);

/* ---- by a modem's own network (ussd_modem.c) */
void ussd_modem_start(struct core *core);

#endif
