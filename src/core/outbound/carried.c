#include "core/outbound/carried.h"

#include "base/mem.h"

void carried_note(struct carried *c, enum outbox_event event, const struct outbox_detail *detail, int64_t now_ms)
{
	if (event == OUTBOX_EV_SENT)
		c->sent_ms = now_ms;
	if (event != OUTBOX_EV_FAILED && event != OUTBOX_EV_FAILED_FINAL && event != OUTBOX_EV_UNKNOWN)
		return;
	c->failed_ms = now_ms;
	hl_strlcpy(c->why, sizeof(c->why), detail && detail->why ? detail->why : "");
}

bool carried_fails(const struct carried *c)
{
	return c->failed_ms > c->sent_ms;
}
