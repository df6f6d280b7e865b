#include "core/inbound/receipt.h"

#include <stddef.h>

#include "core/core.h"
#include "core/triage/triage.h"

/* By kind; the discreet texts could come from anybody. */
static const bool silent_kinds[TRIAGE_KINDS] = {
	[TRIAGE_SPAM] = true,
	[TRIAGE_ABUSE] = true,
	[TRIAGE_TEST] = true,
};

static const struct { const char *key, *discreet; } keys[] = { /* [first] */
	{ "receipt.again", "receipt.again.discreet" },
	{ "receipt.standard", "receipt.discreet" },
};

static const char *const code_keys[] = { [RECEIPT_CODE_OWN] = "status.query", [RECEIPT_CODE_OTHER] = "status.unknown" };

struct receipt_verdict receipt_decide(const struct receipt_case *c)
{
	struct receipt_verdict v = { NULL, NULL, c->count };
	bool never = v.count.receipts == 0;

	if (!c->enabled || !c->answerable || c->looping || (silent_kinds[c->kind] && c->code == RECEIPT_CODE_NONE))
		return v;
	if (!never && c->now_boot_ms - v.count.from_boot_ms >= RECEIPT_DAY_MS)
		v.count.receipts = 0; /* the next one begins another day */
	if (v.count.receipts >= c->per_day)
		return v;
	if (!c->first && c->code == RECEIPT_CODE_NONE && !never && c->now_boot_ms - v.count.last_boot_ms < RECEIPT_AGAIN_MS)
		return v;
	if (v.count.receipts == 0)
		v.count.from_boot_ms = c->now_boot_ms;
	v.count.receipts++;
	v.count.last_boot_ms = c->now_boot_ms;
	v.key = c->code ? code_keys[c->code] : keys[c->first].key;
	v.discreet = c->code ? "receipt.again.discreet" : keys[c->first].discreet;
	return v;
}

bool receipt_hour_take(struct receipt_hour *h, int64_t now_boot_ms, int64_t most, bool *first)
{
	if (h->given == 0 || now_boot_ms - h->from_boot_ms >= RECEIPT_HOUR_MS)
		*h = (struct receipt_hour){ now_boot_ms, 0 };
	*first = h->given == most;
	h->given += h->given <= most; /* one beyond: told once */
	return h->given <= most;
}
