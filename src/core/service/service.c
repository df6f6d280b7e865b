#include "core/service/service.h"

#include <stdlib.h>

#include "base/mem.h"
#include "core/link/link_hooks.h"
#include "core/outbound/outbound_hooks.h"
#include "core/service/balance.h"
#include "core/service/ussd.h"

static void on_gone(struct core *core, const char *link)
{
	if (core->service)
		ussd_link_gone(core, link);
}

static void on_modem(struct core *core, const char *link)
{
	if (core->service)
		balance_link_told(core, link);
}

static void on_ussd(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	ussd_told(core, link, &msg->u.ussd);
}

struct service *service_new(struct core *core)
{
	static const struct link_hooks links = { .modem = on_modem, .gone = on_gone, .told = { [WIRE_USSD] = on_ussd } };
	static const struct outbound_hooks credit = { .link_allows = balance_allows, .parts_sent = balance_sent };
	struct service *s = hl_calloc(1, sizeof(*s));

	core->service = s;
	s->ussd = ussd_sessions_new(core);
	s->balance = balance_new(core);
	links_add_hooks(core, &links);
	outbound_add_hooks(core, &credit);
	return s;
}

void service_free(struct service *s)
{
	if (!s)
		return;
	ussd_sessions_free(s->ussd); /* first: it tells */
	balance_free(s->balance);
	free(s);
}
