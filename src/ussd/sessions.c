#include "ussd/sessions.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct use { struct ussd_session *oldest, *newest; };

struct sessions {
	uint8_t secret[crypto_shorthash_KEYBYTES]; /* an operator's names must not find each other's places */
	size_t most, count, mask;
	int64_t idle_ms;
	struct ussd_session **places;
	struct use use[2]; /* of those alive, and of those that are over */
};

struct sessions *sessions_new(size_t most, int64_t idle_ms)
{
	struct sessions *s = hl_calloc(1, sizeof(*s));
	size_t places = 16;

	while (places < most)
		places *= 2;
	randombytes_buf(s->secret, sizeof(s->secret));
	s->most = most;
	s->mask = places - 1;
	s->idle_ms = idle_ms;
	s->places = hl_calloc(places, sizeof(struct ussd_session *));
	return s;
}

static struct ussd_session **place_of(struct sessions *s, size_t listener, const char *id)
{
	uint64_t hash;

	crypto_shorthash((uint8_t *)&hash, (const uint8_t *)id, strlen(id), s->secret);
	return &s->places[(hash + listener) & s->mask];
}

static void unlink_use(struct sessions *s, struct ussd_session *session)
{
	struct use *u = &s->use[session->ended];

	*(session->older ? &session->older->newer : &u->oldest) = session->newer;
	*(session->newer ? &session->newer->older : &u->newest) = session->older;
}

static void link_use(struct sessions *s, struct ussd_session *session, int64_t now_ms)
{
	struct use *u = &s->use[session->ended];

	session->used_ms = now_ms;
	session->older = u->newest;
	session->newer = NULL;
	*(u->newest ? &u->newest->newer : &u->oldest) = session;
	u->newest = session;
}

struct ussd_session *sessions_find(struct sessions *s, size_t listener, const char *id)
{
	struct ussd_session *at = *place_of(s, listener, id);

	while (at && (at->listener != listener || strcmp(at->id, id) != 0))
		at = at->chain;
	return at;
}

static bool make_room(struct sessions *s)
{
	if (s->count < s->most)
		return true;
	if (!s->use[true].oldest)
		return false;
	sessions_drop(s, s->use[true].oldest);
	return true;
}

struct ussd_session *sessions_add(struct sessions *s, size_t listener, const char *id, int64_t now_ms)
{
	struct ussd_session **place, *session;

	if (!make_room(s))
		return NULL;
	place = place_of(s, listener, id);
	session = hl_calloc(1, sizeof(*session));
	session->listener = listener;
	hl_strlcpy(session->id, sizeof(session->id), id);
	session->chain = *place;
	*place = session;
	link_use(s, session, now_ms);
	s->count++;
	return session;
}

void sessions_use(struct sessions *s, struct ussd_session *session, bool ended, int64_t now_ms)
{
	unlink_use(s, session);
	session->ended = ended;
	link_use(s, session, now_ms);
}

void session_set(char **text, const char *to)
{
	char *copy = to ? hl_strdup(to) : NULL;

	if (*text)
		explicit_bzero(*text, strlen(*text));
	free(*text);
	*text = copy;
}

void sessions_drop(struct sessions *s, struct ussd_session *session)
{
	struct ussd_session **at = place_of(s, session->listener, session->id);

	while (*at != session)
		at = &(*at)->chain;
	*at = session->chain;
	unlink_use(s, session);
	s->count--;
	session_set(&session->text, NULL);
	session_set(&session->flying, NULL);
	explicit_bzero(session, sizeof(*session));
	free(session);
}

void sessions_expire(struct sessions *s, int64_t now_ms)
{
	for (int over = 0; over < 2; over++)
		while (s->use[over].oldest && now_ms - s->use[over].oldest->used_ms >= s->idle_ms)
			sessions_drop(s, s->use[over].oldest);
}

size_t sessions_count(const struct sessions *s)
{
	return s->count;
}

void sessions_free(struct sessions *s)
{
	for (int over = 0; over < 2; over++)
		while (s->use[over].oldest)
			sessions_drop(s, s->use[over].oldest);
	free(s->places);
	free(s);
}
