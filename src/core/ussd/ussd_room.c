#include "core/ussd/ussd_room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/counters.h"
#include "core/outbound/texter.h"
#include "core/report/channel.h"
#include "core/roster/roster.h"
#include "core/ussd/order.h"
#include "core/ussd/session.h"
#include "core/ussd/ussd_due.h"
#include "store/case.h"
#include "vault/vault.h"
#include "wire/link.h"

/* ---- screens ----------------------------------------------------------------------------------------------------- */

struct shown { struct ussd_words w; struct screen_view v; };

static void view_of(struct core *core, const struct ussd_session *s, struct shown *shown)
{
	struct case_row row;

	ussd_words_read(core, s->state.lang, &shown->w);
	if (s->row.case_id && cases_get(core->store, s->row.case_id, &row))
		hl_strlcpy(shown->w.code, sizeof(shown->w.code), row.code);
	shown->v = (struct screen_view){ s->menu, menu_transport(s->menu, s->row.transport),
		{ shown->w.police, shown->w.helpline, shown->w.short_number, shown->w.code, s->answer, "" }, &s->quiz };
}

/* The menu was checked with the words of the house as they were then. Where they have become longer since, a screen may be too
 * long: then the text way, without them, which fits. */
static void show(struct core *core, struct ussd_session *s, bool again)
{
	struct shown shown;

	view_of(core, s, &shown);
	if (ussd_screen(&shown.v, &s->state, again, s->screen) >= 0)
		return;
	hl_log(HL_LOG_ERR, "ussd", "too_long node=%s transport=%s mend=\"hotlinectl ussd check; shorten it\"",
		s->menu->nodes[s->state.node].name, s->row.transport);
	shown.v.words = (struct menu_words){ "", "", "", "", "", "" };
	ussd_go(s->menu, &s->state, s->menu->give_up);
	if (ussd_screen(&shown.v, &s->state, false, s->screen) < 0)
		*s->screen = '\0';
}

static void say(const struct ussd_session *s, struct ussd_reply *reply)
{
	reply->refused = "";
	hl_strlcpy(reply->text, sizeof(reply->text), s->screen);
	reply->end = s->state.ended;
}

/* ---- keeping ----------------------------------------------------------------------------------------------------- */

static void set_due(struct core *core, struct ussd_session *s)
{
	int64_t due = hl_boot_ms(core->clock) + menu_transport(s->menu, s->row.transport)->screen_s * 1000;

	s->row.due_boot_ms = due < s->row.over_boot_ms ? due : s->row.over_boot_ms;
	s->row.updated_ms = hl_wall_ms(core->clock);
	ussd_due_soon(core->ussd, s->row.due_boot_ms);
}

static void over(struct core *core, struct ussd_session *s, enum ussd_session_state state)
{
	const struct menu_node *n = &s->menu->nodes[s->state.node];
	char way[33];

	ussd_report_over(core, s, state == USSD_DONE && n->complete);
	s->row.state = state;
	ussd_way_name(s, way);
	channel_count(core, way, state == USSD_DONE ? "done" : "dropped");
	counter_add(core, COUNT_USSD_DROPPED, state == USSD_DROPPED);
}

static void keep(struct core *core, struct ussd_session *s)
{
	ussd_session_seal(core, s);
	store_ussd_update(core->store, &s->row);
}

/* ---- beginning --------------------------------------------------------------------------------------------------- */

/* A text's sender can be forged, what was dialled can not: a text neither ends nor goes on with what was dialled. */
static bool is_same_way(const struct ussd_row *a, const struct ussd_row *b)
{
	return (strcmp(a->transport, USSD_BY_TEXT) == 0) == (strcmp(b->transport, USSD_BY_TEXT) == 0);
}

static bool is_dialled(const struct ussd_request *q)
{
	return q->session && q->dialled && *q->dialled;
}

/* Whoever dials again has left the session before. It is a report as it stands, unless they go on with it. Who asked for silence is
 * not asked: somebody else may have the phone; nor who dialled answers along with the code: they are to the first screen. */
static void offer_to_resume(struct core *core, struct ussd_session *s, bool ask)
{
	struct ussd_session *old = hl_calloc(1, sizeof(*old));
	int64_t since = s->row.started_ms - USSD_RESUME_MS;

	if (store_ussd_get_last(core->store, s->contact.id, since, s->row.id, &old->row) && is_same_way(&s->row, &old->row) &&
		ussd_session_open(core, old) == 0) {
		old->contact = s->contact;
		if (old->row.state == USSD_OPEN) {
			over(core, old, USSD_DROPPED);
			keep(core, old);
		}
		if (ask && s->menu->resume >= 0 && !s->contact.refused) {
			s->resumes = old->row.id;
			s->state.lang = old->state.lang;
			ussd_go(s->menu, &s->state, s->menu->resume);
		}
	}
	explicit_bzero(old, sizeof(*old));
	free(old);
}

static void begin(struct core *core, struct ussd_session *s, const struct ussd_request *q, const uint8_t name[VAULT_HASH])
{
	int64_t now_ms = hl_wall_ms(core->clock);

	s->menu = core->menu;
	s->row = (struct ussd_row){ .id = ++core->ussd->last_id, .contact_id = s->contact.id, .state = USSD_OPEN, .step = 1,
		.started_ms = now_ms, .updated_ms = now_ms };
	memcpy(s->row.name, name, sizeof(s->row.name));
	hl_strlcpy(s->row.transport, sizeof(s->row.transport), q->transport);
	s->row.over_boot_ms = hl_boot_ms(core->clock) + menu_transport(s->menu, q->transport)->session_s * 1000;
	ussd_begin(s->menu, texter_language(&s->contact), &s->state);
	if (!s->contact_is_new)
		offer_to_resume(core, s, !is_dialled(q));
	show(core, s, false);
	set_due(core, s);
	ussd_session_seal(core, s);
	store_ussd_menu_keep(core->store, s->menu->version, s->menu->source, now_ms);
	store_ussd_insert(core->store, &s->row);
	counter_add(core, COUNT_USSD_SESSIONS, 1);
}

/* ---- going on ---------------------------------------------------------------------------------------------------- */

/* This session goes on where that one broke off: place, answers and report are its own now. */
static void resume(struct core *core, struct ussd_session *s)
{
	struct ussd_session *old = hl_calloc(1, sizeof(*old));

	if (ussd_due_get(core, s->resumes, &old->row) && old->row.contact_id == s->contact.id && old->row.state == USSD_DROPPED &&
		ussd_session_open(core, old) == 0 && !old->state.ended) {
		old->row.state = USSD_CONTINUED;
		keep(core, old);
		s->menu = old->menu;
		s->state = old->state;
		s->state.page = s->state.wrong = 0;
		s->urgency = old->urgency;
		s->rang = old->rang;
		s->opened = old->opened;
		s->silenced = old->silenced;
		s->quiz_last = old->quiz_last;
		s->row.case_id = old->row.case_id;
		s->row.message_id = old->row.message_id;
	} else {
		ussd_begin(s->menu, s->state.lang, &s->state);
	}
	s->resumes = 0;
	explicit_bzero(old, sizeof(*old));
	free(old);
}

/* It is not offered again: it would show the next one who dials that something was begun. */
static void decline(struct core *core, struct ussd_session *s)
{
	struct ussd_row *old = hl_calloc(1, sizeof(*old));

	if (ussd_due_get(core, s->resumes, old) && old->contact_id == s->contact.id && old->state == USSD_DROPPED) {
		old->state = USSD_CONTINUED;
		store_ussd_update(core->store, old);
	}
	s->resumes = 0;
	free(old);
}

static void apply(struct core *core, struct ussd_session *s, const struct ussd_step *step, const char *input)
{
	if (step->did == USSD_LEFT || (step->actions & MENU_FRESH))
		decline(core, s);
	if (step->actions & MENU_RESUME)
		resume(core, s);
	else if (step->actions & MENU_FRESH)
		ussd_begin(s->menu, s->state.lang, &s->state);
	else if (step->did == USSD_QUIZ)
		ussd_quiz_answer(core, s, step->choice);
	else if (step->did == USSD_TOOK)
		ussd_report_step(core, s, step);
	else if (step->did == USSD_WRONG || step->did == USSD_GAVE_UP)
		ussd_report_words(core, s, input);
	ussd_quiz_arrive(core, s);
}

static void take(struct core *core, struct ussd_session *s, const struct ussd_request *q)
{
	struct ussd_step step = { .did = USSD_GAVE_UP };
	struct shown shown;

	view_of(core, s, &shown);
	if (s->row.state == USSD_DROPPED) /* our own patience was shorter than the operator's */
		s->row.over_boot_ms = hl_boot_ms(core->clock) + shown.v.transport->screen_s * 1000;
	s->row.state = USSD_OPEN;
	s->row.step++;
	if (s->row.step > USSD_STEPS_MOST)
		ussd_go(s->menu, &s->state, s->menu->give_up);
	else
		step = ussd_step(&shown.v, &s->state, q->input);
	apply(core, s, &step, q->input);
	show(core, s, step.did == USSD_WRONG);
	set_due(core, s);
	if (s->state.ended)
		over(core, s, USSD_DONE);
	keep(core, s);
	counter_add(core, COUNT_USSD_STEPS, 1);
}

/* What was dialled along with the code ("*123*1*2#"), an answer after the other as if each had been typed; in one commit. */
static void take_dialled(struct core *core, struct ussd_session *s, const struct ussd_request *q)
{
	struct ussd_request one = *q;
	char input[WIRE_USSD_MAX + 1];
	const char *at = q->dialled;

	one.input = input;
	for (int n = 0; n < USSD_DIALLED_MOST && *at && !s->state.ended; n++) {
		size_t len = strcspn(at, "*");
		snprintf(input, sizeof(input), "%.*s", (int)len, at);
		take(core, s, &one);
		at += len + (at[len] == '*');
	}
	s->row.step = q->step; /* the operator counts them all */
	keep(core, s);
	explicit_bzero(input, sizeof(input));
}

/* ---- requests ---------------------------------------------------------------------------------------------------- */

static void name_of(struct core *core, const char *transport, const char *session, uint8_t name[VAULT_HASH])
{
	char text[256];

	snprintf(text, sizeof(text), "ussd:%s:%s", transport, session);
	vault_alias(core->vault, text, name);
}

/* One of our own making: the contact and the time, which no operator gives. */
static void name_new(struct core *core, const struct ussd_session *s, const char *transport, uint8_t name[VAULT_HASH])
{
	char text[64];

	snprintf(text, sizeof(text), "/%lld/%lld", (long long)s->contact.id, (long long)(core->ussd->last_id + 1));
	name_of(core, transport, text, name);
}

static enum ussd_order order_of(struct core *core, const struct ussd_session *s, const struct ussd_request *q, bool known)
{
	struct ussd_order_facts f = { .begin = q->begin || (!known && is_dialled(q)), .said = q->step, .known = known,
		.begun_most = USSD_WINDOW_MOST, .open_most = USSD_OPEN_MOST };

	if (known) {
		f.same_number = s->row.contact_id == s->contact.id;
		f.over = s->row.state == USSD_DONE;
		f.continued = s->row.state == USSD_CONTINUED;
		f.have = s->row.step;
	} else if (f.begin || q->step == 1) {
		f.begun = store_ussd_begun(core->store, s->contact.id, hl_wall_ms(core->clock) - USSD_WINDOW_MS);
		f.open = ussd_due_count_open(core);
	}
	return ussd_order_decide(&f);
}

static void refuse(struct core *core, const struct ussd_request *q, enum ussd_order order, struct ussd_reply *reply)
{
	uint64_t left_out;

	reply->refused = ussd_order_name(order);
	counter_add(core, COUNT_USSD_REFUSED, 1);
	if (hl_seldom(&core->ussd->refused[order], hl_boot_ms(core->clock), &left_out))
		hl_log(HL_LOG_INFO, "ussd", "refused transport=%s why=%s left_out=%llu", q->transport, reply->refused,
			(unsigned long long)left_out);
}

static void handle(struct core *core, struct ussd_session *s, const struct ussd_request *q, struct ussd_reply *reply)
{
	uint8_t name[VAULT_HASH];
	bool known = false;
	enum ussd_order order;

	s->contact_is_new = sender_contact(core, q->from, &s->contact);
	s->from_roster = core->roster && roster_find_number(core->roster, &q->from->number) != NULL;
	if (q->session) {
		name_of(core, q->transport, q->session, name);
		known = store_ussd_get(core->store, name, &s->row);
	} else if (!q->begin) {
		known = store_ussd_get_open(core->store, s->contact.id, q->transport, &s->row);
	} else {
		name_new(core, s, q->transport, name);
	}
	order = core->menu || known ? order_of(core, s, q, known) : USSD_BUSY;
	if (order > USSD_REPLAY) {
		refuse(core, q, order, reply);
	} else if (order == USSD_BEGIN) {
		begin(core, s, q, name);
		if (is_dialled(q))
			take_dialled(core, s, q);
		say(s, reply);
	} else if (ussd_session_open(core, s)) {
		refuse(core, q, USSD_UNKNOWN_SESSION, reply);
	} else {
		if (order == USSD_TAKE)
			take(core, s, q);
		say(s, reply);
	}
}

void ussd_take(struct core *core, const struct ussd_request *q, struct ussd_reply *reply)
{
	struct ussd_session *s = hl_calloc(1, sizeof(*s));

	memset(reply, 0, sizeof(*reply));
	handle(core, s, q, reply);
	explicit_bzero(s, sizeof(*s));
	free(s);
}

/* ---- sessions that end otherwise --------------------------------------------------------------------------------- */

void ussd_drop(struct core *core, struct ussd_session *s)
{
	if (ussd_session_open(core, s) || !contact_get(core->store, s->row.contact_id, &s->contact)) {
		s->row.state = USSD_DROPPED; /* its body stays as it is */
		store_ussd_update(core->store, &s->row);
		return;
	}
	over(core, s, USSD_DROPPED);
	keep(core, s);
}

void ussd_break_off(struct core *core, const char *transport, const char *session)
{
	struct ussd_session *s = hl_calloc(1, sizeof(*s));
	uint8_t name[VAULT_HASH];

	name_of(core, transport, session, name);
	if (store_ussd_get(core->store, name, &s->row) && s->row.state == USSD_OPEN)
		ussd_drop(core, s);
	explicit_bzero(s, sizeof(*s));
	free(s);
}

bool ussd_is_open(struct core *core, int64_t contact_id, const char *transport, int64_t *touched_ms)
{
	struct ussd_row *row = hl_calloc(1, sizeof(*row));
	bool open = store_ussd_get_open(core->store, contact_id, transport, row);

	if (touched_ms)
		*touched_ms = row->updated_ms;
	free(row);
	return open;
}
