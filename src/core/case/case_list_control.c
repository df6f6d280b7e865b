/* The request case.list (core/control/control.h): the queue in order of priority and deadline, a page at a time; or what was filed. */
#include "core/case/case.h"
#include "core/control/control.h"
#include "core/control/control_list.h"

#define FILED_COUNTED 10000 /* more are as many: nobody waits for the rest to be counted */

struct page {
	struct core *core;
	struct control_list list;
	bool full;
	bool one_kind;
	enum triage_kind kind;
};

static bool page_add(const struct case_row *row, void *arg)
{
	struct page *page = arg;

	if (page->one_kind && row->kind != (int)page->kind)
		return true;
	page->full = !control_list_add(&page->list, case_json(page->core, row));
	return !page->full;
}

static bool asks(const struct control_call *call, const char *field)
{
	return json_is_true(json_object_get(call->request, field));
}

void control_case_list(struct control_call *call)
{
	struct core *core = call->core;
	struct cases_filter filter = case_filter(core, call->session);
	int64_t after = control_list_after(call->request);
	const char *kind = control_text(call, "kind");
	enum cases_part part = asks(call, "filed") ? CASES_FILED : asks(call, "aside") ? CASES_ASIDE : CASES_QUEUE;
	struct page page = { .core = core, .one_kind = kind != NULL };
	struct case_row last;
	bool goes_on = after && case_find(core, after, &last) == 0;
	bool in_closed = goes_on && part != CASES_FILED && last.state == CASE_CLOSED;

	if (kind && !triage_kind_from_name(kind, &page.kind)) {
		control_fail(call, HL_EINVAL, "there is no kind of message \"%s\": tip, question, thanks, spam, abuse, test ...", kind);
		return;
	}
	if (kind && part == CASES_FILED) {
		control_fail(call, HL_EINVAL, "what was filed is listed as it came: leave out the kind");
		return;
	}
	if (kind && (page.kind == TRIAGE_SPAM || page.kind == TRIAGE_ABUSE))
		part = CASES_ASIDE;
	control_list_begin(&page.list, "cases");
	if (!in_closed)
		cases_each(core->store, part, filter, goes_on ? &last : NULL, page_add, &page);
	if (!page.full && part != CASES_FILED && asks(call, "all"))
		cases_each(core->store, CASES_CLOSED, filter, in_closed ? &last : NULL, page_add, &page);
	if (session_is_stranger(call->session)) { /* how many there are of all units, so that none can be told from it, and nothing of any */
		filter = (struct cases_filter){ 0, false };
		json_object_set_new(page.list.body, "hidden", json_true());
	}
	json_object_set_new(page.list.body, "filed", json_integer(cases_count_filed(core->store, filter, FILED_COUNTED)));
	json_object_set_new(page.list.body, "open", json_integer(cases_count_open(core->store, filter)));
	control_ok(call, control_list_end(&page.list, !page.full));
}
