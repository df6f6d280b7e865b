/* The request tally.list (core/control/control.h): how often people corrected triage, recorded an outcome or referred a case.
 * Words of tables and numbers; of no case in particular. */
#include <string.h>

#include "core/control/control.h"
#include "core/control/control_list.h"
#include "store/tally.h"

struct page { struct control_list list; const char *topic; bool full; };

static void add(const char *key, int64_t value, void *arg)
{
	struct page *page = arg;

	if (!page->full && value)
		page->full = !control_list_add(&page->list, json_pack("{s:s, s:s, s:I}", "topic", page->topic, "key", key, "value",
			(json_int_t)value));
}

void control_tally_list(struct control_call *call)
{
	static const char *const topics[] = { "relabel", "outcome", "referral", "channel" };
	struct page page = { .full = false };

	control_list_begin(&page.list, "tallies");
	for (size_t i = 0; i < sizeof(topics) / sizeof(topics[0]); i++) {
		page.topic = topics[i];
		tally_each(call->core->store, topics[i], add, &page);
	}
	control_ok(call, control_list_end(&page.list, !page.full));
}
