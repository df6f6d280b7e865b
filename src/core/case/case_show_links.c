/* What else belongs to a case, for its people: other cases, outcomes, referrals. */
#include "core/case/case_show_links.h"

#include "core/case/case_link.h"
#include "core/case/outcome.h"
#include "store/case_link.h"
#include "store/outcome.h"

#define LINKS_MAX 50 /* newest first; more help nobody */

static json_t *links_json(struct core *core, const struct session *session, int64_t id)
{
	struct case_link_row links[LINKS_MAX];
	size_t n = case_link_list(core->store, id, links, LINKS_MAX);
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++) {
		struct case_row other;
		if (case_find(core, links[i].other_id, &other) || !case_visible(core, session, &other))
			continue;
		json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "code", other.code, "kind",
			case_link_name((enum case_link)links[i].kind), "created_ms", (json_int_t)links[i].created_ms));
	}
	return list;
}

static void add_outcome(const struct outcome_row *o, void *arg)
{
	json_array_append_new(arg, json_pack("{s:s, s:s, s:s, s:I, s:b}", "outcome", outcome_name((enum outcome)o->kind),
		"person", o->person, "second", o->second, "time_ms", (json_int_t)o->time_ms, "counts", o->confirmed_ms != 0));
}

static void add_referral(const struct referral_row *r, void *arg)
{
	json_array_append_new(arg, json_pack("{s:s, s:s, s:I}", "agency", r->agency, "person", r->person, "time_ms",
		(json_int_t)r->time_ms));
}

void case_show_links(struct core *core, const struct session *session, int64_t id, json_t *body)
{
	json_t *outcomes = json_array(), *referrals = json_array();

	outcome_each(core->store, id, add_outcome, outcomes);
	referral_each(core->store, id, add_referral, referrals);
	json_object_set_new(body, "links", links_json(core, session, id));
	json_object_set_new(body, "outcomes", outcomes);
	json_object_set_new(body, "referrals", referrals);
}
