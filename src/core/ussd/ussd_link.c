/* Requests of operators' gateways, by way of hotline-ussd: taken in the turn, answered after its commit. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/link/link_hooks.h"
#include "core/link/links.h"
#include "core/turn.h"
#include "core/ussd/ussd_room.h"

struct answer {
	struct core *core;
	uint64_t session; /* of the link */
	struct wire_link_msg msg;
	struct wire_link_msg failed;
};

static void on_turn_end(void *arg, int err)
{
	struct answer *a = arg;

	links_answer(a->core->links, WIRE_USSD_NAME, a->session, err ? &a->failed : &a->msg);
	explicit_bzero(a, sizeof(*a));
	free(a);
}

static void answer_later(struct core *core, const struct wire_link_msg *msg, const struct wire_link_msg *failed)
{
	struct answer *a = hl_calloc(1, sizeof(*a));

	*a = (struct answer){ core, links_session(core->links, WIRE_USSD_NAME), *msg, *failed };
	turn_reply(core->turn, on_turn_end, a);
}

static void refused(struct wire_link_msg *msg, int64_t ref, const char *why)
{
	memset(msg, 0, sizeof(*msg));
	msg->type = WIRE_USSD_REFUSED;
	msg->u.ussd_refused.ref = ref;
	hl_strlcpy(msg->u.ussd_refused.why, sizeof(msg->u.ussd_refused.why), why);
}

static void read_screen(struct wire_link_msg *msg, int64_t ref, const struct ussd_reply *reply)
{
	memset(msg, 0, sizeof(*msg));
	msg->type = WIRE_USSD_SCREEN;
	msg->u.ussd_screen.ref = ref;
	msg->u.ussd_screen.end = reply->end;
	hl_strlcpy(msg->u.ussd_screen.text, sizeof(msg->u.ussd_screen.text), reply->text);
}

/* A number that is none could not be told from another such: the operator must say whose session it is. */
static bool is_number(const char *text)
{
	return text[0] == '+' && strlen(text) >= 8 && strspn(text + 1, "0123456789") == strlen(text + 1);
}

static void on_step(struct core *core, const char *link, const struct wire_link_msg *said)
{
	const struct wire_ussd_step *m = &said->u.ussd_step;
	struct wire_link_msg msg, failed;
	struct ussd_reply reply;
	struct sender from;

	(void)link;
	refused(&failed, m->ref, "busy");
	if (!is_number(m->number) || !*m->session || !*m->transport || strcmp(m->transport, USSD_BY_TEXT) == 0 ||
		strcmp(m->transport, USSD_BY_MODEM) == 0) {
		refused(&msg, m->ref, "other_number");
		answer_later(core, &msg, &failed);
		return;
	}
	sender_read(core, m->number, false, &from);
	ussd_take(core, &(struct ussd_request){ .transport = m->transport, .session = m->session, .from = &from, .step = m->step,
		.input = m->input, .begin = m->begin, .dialled = m->dialled }, &reply);
	if (*reply.refused)
		refused(&msg, m->ref, reply.refused);
	else
		read_screen(&msg, m->ref, &reply);
	answer_later(core, &msg, &failed);
	explicit_bzero(&from, sizeof(from));
	explicit_bzero(&reply, sizeof(reply));
}

static void on_end(struct core *core, const char *link, const struct wire_link_msg *said)
{
	const struct wire_ussd_end *m = &said->u.ussd_end;
	struct wire_link_msg msg = { .type = WIRE_STORED, .u.ref.ref = m->ref }, failed = { .type = WIRE_LATER, .u.ref.ref = m->ref };

	(void)link;
	ussd_break_off(core, m->transport, m->session);
	answer_later(core, &msg, &failed);
}

void ussd_link_start(struct core *core)
{
	static const struct link_hooks hooks = { .told = { [WIRE_USSD_STEP] = on_step, [WIRE_USSD_END] = on_end } };

	links_add_hooks(core, &hooks);
}
