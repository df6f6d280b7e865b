#include "core/case/case_link.h"

#include "core/control/control.h"
#include "store/case_link.h"

const char *case_link_name(enum case_link kind)
{
	static const char *const names[CASE_LINKS] = { "later", "split", "same text", "same place" };

	return (unsigned)kind < CASE_LINKS ? names[kind] : "?";
}

void case_corroboration_count(struct core *core, int64_t id)
{
	int64_t n = case_link_senders(core->store, id, CASE_LINK_SAME_TEXT, CASE_LINK_SAME_PLACE);
	struct case_row row;

	if (case_set_corroboration(core->store, id, n) && control_watched(core) && cases_get(core->store, id, &row))
		case_tell(core, &row);
}

bool case_link(struct core *core, int64_t a, int64_t b, enum case_link kind)
{
	return case_link_insert(core->store, a, b, (int)kind, hl_wall_ms(core->clock));
}
