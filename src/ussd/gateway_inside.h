/* What gateway.c (life, listeners, the core), gateway_request.c (who may ask, and what) and gateway_step.c (steps on
 * their way) share; no other file includes it. */
#ifndef HL_USSD_GATEWAY_INSIDE_H
#define HL_USSD_GATEWAY_INSIDE_H

#include "base/clock.h"
#include "base/seldom.h"
#include "wire/uplink.h"
#include "ussd/gateway.h"
#include "ussd/http.h"
#include "ussd/rate.h"
#include "ussd/sessions.h"

#define WAITING_MAX 16384 /* steps that the core has not answered yet */

enum refused {
	REFUSED_TRUST, REFUSED_SOURCE, REFUSED_NUMBER, REFUSED_FORM, REFUSED_ORDER, REFUSED_FULL, REFUSED_AWAY, REFUSED_CORE,
	REFUSED_KINDS
};

struct listener {
	struct gateway *owner;
	const struct settings_listener *settings;
	size_t index;
	struct http_server *server;
	struct rate *sources, *numbers, *beginnings;
	struct hl_seldom seldom[REFUSED_KINDS];
};

/* A step on its way to the core. */
struct waiting {
	struct gateway *owner;
	struct listener *listener;
	struct http_exchange *x;
	struct codec_asked asked;
	struct wire_link_msg step; /* kept: it is offered again to a core that comes back in time */
	size_t input_at, slot;
	struct event *timer;
};

struct gateway {
	struct event_base *base;
	const struct settings *settings;
	struct uplink *uplink;
	struct sessions *sessions;
	struct waiting *waiting[WAITING_MAX];
	uint16_t free_slots[WAITING_MAX];
	size_t free_count;
	int64_t serial, down_since;
	struct wire_modem told;
	size_t count;
	struct listener listener[SETTINGS_LISTENERS_MAX];
};

static inline int64_t gateway_now_ms(void)
{
	return hl_boot_ms(&hl_clock_system);
}

/* ---- gateway.c: the reason names a field or a rule, never a value. */
void gateway_count_refused(struct listener *l, enum refused kind, const char *why);

/* ---- gateway_request.c: of http.h's struct http_ops. */
int gateway_on_head(void *arg, struct http_exchange *x);
void gateway_on_request(void *arg, struct http_exchange *x);

/* ---- gateway_step.c */
void step_answer(struct listener *l, struct http_exchange *x, const struct codec_asked *asked, const char *text,
	bool end);
/* The last screen in place of the menu's: away or again, by the kind. */
void step_refuse(struct listener *l, struct http_exchange *x, const struct codec_asked *asked, enum refused kind,
	const char *why);
void step_take(struct listener *l, struct http_exchange *x, const struct codec_asked *asked);
/* The same for one that waits; forget: what is known of its session goes as well. */
void step_give_up(struct waiting *w, const char *words, bool forget);
void step_drop(struct waiting *w);
void step_tell_end(struct gateway *g, const struct listener *l, const char *session, const char *why);
/* What the core says to a step; one that does not wait any more is passed over. */
void step_on_screen(struct gateway *g, const struct wire_ussd_screen *screen);
void step_on_refused(struct gateway *g, const struct wire_ussd_refused *refused);

#endif
