/* What modems do besides texts: USSD, balances, missed calls. One struct of the core for these rooms. */
#ifndef HL_CORE_SERVICE_SERVICE_H
#define HL_CORE_SERVICE_SERVICE_H

#include "core/config/config.h"
#include "core/core.h"
#include "core/link/links.h"
#include "wire/link.h"

#define SERVICE_MODEMS_MAX CONFIG_MODEMS_MAX /* adopted ones come while the core runs, and stay known */

struct service {
	struct ussd_sessions *ussd;  /* core/service/ussd.h */
	struct balance *balance;     /* core/service/balance.h */
};

struct service *service_new(struct core *core);
/* Ends open USSD sessions: whoever waits for one is told. While the control socket is there. */
void service_free(struct service *s);

#endif
