/* What else belongs to a case, for its people: other cases, outcomes, referrals. */
#ifndef HL_CORE_CASE_CASE_SHOW_LINKS_H
#define HL_CORE_CASE_CASE_SHOW_LINKS_H

#include "core/case/case.h"

/* Puts "links", "outcomes" and "referrals" into the answer. */
void case_show_links(struct core *core, const struct session *session, int64_t id, json_t *body);

#endif
