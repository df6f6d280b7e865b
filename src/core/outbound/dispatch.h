/* The dispatcher: leases queued texts to ready links by lane, keeps at most WIRE_LINK_WINDOW open at each, and turns
 * what links tell into states of the outbox. A text that fails for now waits its own backoff and blocks nobody. */
#ifndef HL_CORE_OUTBOUND_DISPATCH_H
#define HL_CORE_OUTBOUND_DISPATCH_H

#include "core/core.h"
#include "core/outbound/outbox.h"
#include "wire/link.h"

struct dispatch;

/* Takes back what a former run had leased; what it was submitting becomes unknown (alerts: queued again). */
struct dispatch *dispatch_new(struct core *core);
void dispatch_free(struct dispatch *d);

/* From links (dispatch_links.c). Each is called inside the turn's transaction. */

/* A link has said hello and named the texts it still holds: what else it was submitting is unknown from now on,
 * because nobody will tell its outcome. Called before it can be ready. */
void dispatch_link_hello(struct core *core, const char *link, const struct wire_hello *hello);
void dispatch_link_up(struct core *core, const char *link);   /* ready for texts */
void dispatch_link_down(struct core *core, const char *link); /* gone or not ready: its leases go back */
void dispatch_submitting(struct core *core, const char *link, int64_t id);
void dispatch_sent(struct core *core, const char *link, const struct wire_sent *msg);
void dispatch_failed(struct core *core, const char *link, const struct wire_failed *msg);
void dispatch_unknown(struct core *core, const char *link, const struct wire_failed *msg);
void dispatch_released(struct core *core, const char *link, int64_t id);
void dispatch_report(struct core *core, const char *link, const struct wire_report *msg);

/* How the last transfers of a channel went. */
struct carried;
const struct carried *dispatch_carried(const struct dispatch *d, enum outbox_channel channel);


#endif
