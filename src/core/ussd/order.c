#include "core/ussd/order.h"

static enum ussd_order of_new(const struct ussd_order_facts *f)
{
	if (!f->begin && f->said != 1)
		return USSD_UNKNOWN_SESSION;
	if (f->begun >= f->begun_most)
		return USSD_LIMIT;
	return f->open >= f->open_most ? USSD_BUSY : USSD_BEGIN;
}

enum ussd_order ussd_order_decide(const struct ussd_order_facts *f)
{
	if (!f->known)
		return of_new(f);
	if (!f->same_number)
		return USSD_OTHER_NUMBER;
	if (f->said == f->have || (f->begin && f->said == 0 && f->have == 1))
		return USSD_REPLAY;
	if (f->begin || (f->said != 0 && f->said != f->have + 1))
		return USSD_OUT_OF_ORDER;
	return f->over || f->continued ? USSD_UNKNOWN_SESSION : USSD_TAKE;
}

const char *ussd_order_name(enum ussd_order order)
{
	static const char *const names[USSD_ORDERS] = {
		[USSD_BEGIN] = "", [USSD_TAKE] = "", [USSD_REPLAY] = "", [USSD_UNKNOWN_SESSION] = "unknown_session",
		[USSD_OUT_OF_ORDER] = "order", [USSD_OTHER_NUMBER] = "other_number", [USSD_BUSY] = "busy", [USSD_LIMIT] = "limit",
	};

	return names[order];
}
