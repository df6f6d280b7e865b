/* USSD sessions by modem: one at a time on each, which a person at the control socket or the balance room holds. Every request
 * gets exactly one result, also where the link goes, the network is silent or the core ends. What is said is given to who asked
 * and to nobody else: it is neither stored nor logged, since an operator's text may hold numbers. Of what the network begins,
 * the audit trail keeps when, where and how long. */
#ifndef HL_CORE_SERVICE_USSD_H
#define HL_CORE_SERVICE_USSD_H

#include <stdbool.h>

#include "core/core.h"
#include "wire/link.h"

#define USSD_RESULT_S 330  /* a link that does not tell the end of a request by then has forgotten it */
#define USSD_ANSWER_S 120  /* who has an open session and says nothing for so long is gone: it is cancelled */

struct ussd_sessions;

/* state as in struct wire_ussd. "open": service_ussd_answer() may follow, with the same id. */
struct ussd_result {
	int64_t id;
	const char *state, *text, *why;
	int64_t dcs;
};

typedef void (*ussd_done)(struct core *core, void *arg, const struct ussd_result *result);

struct ussd_sessions *ussd_sessions_new(struct core *core);
/* Ends what is open: done is called with "lost". */
void ussd_sessions_free(struct ussd_sessions *all);

/* Asks, after the commit of the open turn. done comes later, once. Returns the session's id; HL_ENOENT: no such modem, or it has
 * no worker; HL_EBUSY: it has a session. */
int64_t service_ussd_dial(struct core *core, const char *modem, const char *code, ussd_done done, void *arg,
	struct hl_reason *reason);
/* In an open session. 0, or HL_ENOENT: it is over; HL_EBUSY: its last request has no result yet. */
int service_ussd_answer(struct core *core, int64_t id, const char *text, ussd_done done, void *arg, struct hl_reason *reason);
/* Ends it; a request under way gets "cancelled". HL_ENOENT: it is over. */
int service_ussd_cancel(struct core *core, int64_t id);

bool service_ussd_is_free(const struct core *core, const char *modem);

/* Who answers what the network asks by itself: true, and service_ussd_network_answer() follows once, after the commit; false: there is
 * no menu, and the request is cancelled. */
typedef bool (*ussd_menu)(struct core *core, const char *modem, const char *text);
void service_ussd_set_menu(struct core *core, ussd_menu menu);
/* NULL: cancel it. Nothing where the link went. */
void service_ussd_network_answer(struct core *core, const char *modem, const char *text);

/* ---- from links, inside the turn */
void ussd_told(struct core *core, const char *link, const struct wire_ussd *said);
void ussd_link_gone(struct core *core, const char *link);

#endif
