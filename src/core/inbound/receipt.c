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

/* Discreet ones are alike for the first text of a phone and a later one: whoever holds somebody's phone and tries the number shall not
 * see that it wrote before. */
static const char *const keys[] = { "receipt.again", "receipt.standard" }; /* [first] */
#define DISCREET "receipt.discreet"
#define DISCREET_OF_CODE "receipt.again.discreet" /* has none, so that it is the same whatever code was asked for */

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
	v.key = c->code ? code_keys[c->code] : keys[c->first];
	v.discreet = c->code ? DISCREET_OF_CODE : DISCREET;
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
