/* Sessions of people in the menu as rows, and the menus that they began with. Whose session it is, is the contact's, which holds no
 * number in clear; what was answered is under the transit key. */
#ifndef HL_STORE_USSD_H
#define HL_STORE_USSD_H

#include "store/store.h"

#define USSD_NAME 32       /* octets of a session's keyed hash */
#define USSD_BODY_MAX 8192 /* octets of what is sealed */

/* Stored: never renumber. */
enum ussd_session_state { USSD_OPEN, USSD_DONE, USSD_DROPPED, USSD_CONTINUED, USSD_SESSION_STATES };

struct ussd_row {
	int64_t id;
	uint8_t name[USSD_NAME];
	char transport[33];
	int64_t contact_id;
	char menu[17];
	enum ussd_session_state state;
	int64_t step, answers;
	int64_t case_id, message_id; /* 0: it is no report */
	int64_t started_ms, updated_ms, over_boot_ms, due_boot_ms;
	uint8_t body[USSD_BODY_MAX];
	size_t body_len;
};

/* ---- menus */
void store_ussd_menu_keep(struct store *s, const char *version, const char *source, int64_t now_ms);
/* Its file; freed by the caller; NULL where it is not kept. */
char *store_ussd_menu_get(struct store *s, const char *version);
/* Those that no session has, but this one, are gone. */
void store_ussd_menu_forget(struct store *s, const char *but);

/* ---- sessions; false where there is none */
bool store_ussd_get(struct store *s, const uint8_t name[USSD_NAME], struct ussd_row *row);
bool store_ussd_get_id(struct store *s, int64_t id, struct ussd_row *row);
/* The contact's last one that has answers, is not done, and was touched since; not `but`. */
bool store_ussd_get_last(struct store *s, int64_t contact_id, int64_t since_ms, int64_t but, struct ussd_row *row);
/* The contact's open one by this transport. */
bool store_ussd_get_open(struct store *s, int64_t contact_id, const char *transport, struct ussd_row *row);
/* How many the contact began since. */
int64_t store_ussd_begun(struct store *s, int64_t contact_id, int64_t since_ms);
int64_t store_ussd_count_open(struct store *s);

/* The largest id ever used: the next one's body is sealed to the id it will have. */
int64_t store_ussd_last_id(struct store *s);
void store_ussd_insert(struct store *s, const struct ussd_row *row);
/* Writes everything but id, name, transport, contact and when it began. */
void store_ussd_update(struct store *s, const struct ussd_row *row);

/* One open one that is due. */
bool store_ussd_due(struct store *s, int64_t now_boot_ms, struct ussd_row *row);
/* The first deadline; INT64_MAX where there is none. */
int64_t store_ussd_next_due(struct store *s);
/* After another boot: each open one is due. */
void store_ussd_new_boot(struct store *s);
/* Those that are over and were touched before are gone. */
void store_ussd_forget(struct store *s, int64_t before_ms);

/* Open ones with ids above `after`, the oldest first, without their bodies, until each() returns false. */
void store_ussd_each_open(struct store *s, int64_t after, bool (*each)(const struct ussd_row *row, void *arg), void *arg);

#endif
