/* What a modem's own network asks (network-initiated USSD): answered through the menu where ussd_modem says so, else cancelled by
 * the service room. Nobody knows who is behind it, so each modem is somebody of its own, who can never be texted. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "core/service/ussd.h"
#include "core/turn.h"
#include "core/ussd/ussd_room.h"

struct answer {
	struct core *core;
	char modem[WIRE_NAME_MAX + 1];
	bool cancel;
	char text[SCREEN_MAX];
};

static void on_turn_end(void *arg, int err)
{
	struct answer *a = arg;

	service_ussd_network_answer(a->core, a->modem, err || a->cancel ? NULL : a->text);
	free(a);
}

static bool on_request(struct core *core, const char *modem, const char *text)
{
	struct ussd_request q = { .transport = USSD_BY_MODEM, .input = text };
	struct answer *a = hl_calloc(1, sizeof(*a));
	struct contact_row contact;
	struct ussd_reply reply;
	struct sender from;

	turn_begin(core->turn);
	sender_nameless("ussd-modem:", modem, &from);
	q.from = &from;
	q.begin = sender_contact(core, &from, &contact) || !ussd_is_open(core, contact.id, USSD_BY_MODEM, NULL);
	ussd_take(core, &q, &reply);
	a->core = core;
	a->cancel = *reply.refused != '\0';
	hl_strlcpy(a->modem, sizeof(a->modem), modem);
	hl_strlcpy(a->text, sizeof(a->text), reply.text);
	turn_reply(core->turn, on_turn_end, a);
	return true;
}

void ussd_modem_start(struct core *core)
{
	if (core->config->ussd_modem && core->menu)
		service_ussd_set_menu(core, on_request);
}
