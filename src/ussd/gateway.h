/* hotline-ussd's work: requests of operators' gateways become steps for the core, its screens their answers. Whoever
 * dials hears something within reply_ms, whatever becomes of the core. No number and no text of a person reaches a
 * log. */
#ifndef HL_USSD_GATEWAY_H
#define HL_USSD_GATEWAY_H

#include <event2/event.h>

#include "ussd/settings.h"

struct gateway;

/* fds: one listening socket for each listener, which it takes over. NULL with the reason. */
struct gateway *gateway_new(struct event_base *base, const struct settings *settings, const int *fds,
	struct hl_reason *why);

/* Whoever still waits hears the words for a core that is away. */
void gateway_free(struct gateway *g);

/* Binds and listens. The descriptor, or HL_EIO with the reason. */
int gateway_listen(const struct settings_listener *listener, struct hl_reason *why);

#endif
