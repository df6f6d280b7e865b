/* The sessions that are alive, by listener and operator's name: what Africa's Talking's cumulative text needs, how
 * many there are, and which ones nobody goes on with. The truth about a session is the core's; what is lost here
 * costs at most that session's next screen. In memory only, bounded, and wiped when it goes. Time is injected. */
#ifndef HL_USSD_SESSIONS_H
#define HL_USSD_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ussd/codec.h"

struct sessions;

struct ussd_session {
	size_t listener;
	char id[WIRE_SESSION_MAX + 1];
	char *text;       /* where it is cumulative, of the last step that was answered; NULL: "" */
	size_t input_at;
	int64_t step;     /* the last one that was answered; 0: none yet, or not known */
	char *flying;     /* of the step that the core has not answered yet; NULL: there is none */
	int64_t used_ms;
	bool ended;       /* had its last screen, and is kept for a while, because that may be asked for again */
	struct ussd_session *older, *newer, *chain;
};

struct sessions *sessions_new(size_t most, int64_t idle_ms);
void sessions_free(struct sessions *s);

struct ussd_session *sessions_find(struct sessions *s, size_t listener, const char *id);

/* A new one, or NULL where there are too many that are alive; one that is over gives way. */
struct ussd_session *sessions_add(struct sessions *s, size_t listener, const char *id, int64_t now_ms);

/* It was used just now, and is over or not. */
void sessions_use(struct sessions *s, struct ussd_session *session, bool ended, int64_t now_ms);
void sessions_drop(struct sessions *s, struct ussd_session *session);

/* Drops what was not used for the idle time; called with each request, so nothing of it needs a timer of its own. */
void sessions_expire(struct sessions *s, int64_t now_ms);

size_t sessions_count(const struct sessions *s);

/* Sets text or flying to a copy (NULL: none), and wipes what was there. */
void session_set(char **text, const char *to);

#endif
