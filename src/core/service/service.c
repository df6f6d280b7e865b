#include "core/service/service.h"

#include <stdlib.h>

#include "base/mem.h"
#include "core/outbound/outbound_hooks.h"
#include "core/service/balance.h"
#include "core/service/ussd.h"

struct service *service_new(struct core *core)
{
	static const struct outbound_hooks credit = { .link_allows = balance_allows, .parts_sent = balance_sent };
	struct service *s = hl_calloc(1, sizeof(*s));

	core->service = s;
	s->ussd = ussd_sessions_new(core);
	s->balance = balance_new(core);
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

void service_link_gone(struct core *core, const char *link)
{
	if (core->service)
		ussd_link_gone(core, link);
}

void service_link_told(struct core *core, const char *link)
{
	if (core->service)
		balance_link_told(core, link);
}
