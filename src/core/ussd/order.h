/* What is to be done with a request of an operator's gateway, by what is known of its session: begin, take, say the last screen once
 * more, or refuse. Pure. */
#ifndef HL_CORE_USSD_ORDER_H
#define HL_CORE_USSD_ORDER_H

#include <stdbool.h>
#include <stdint.h>

enum ussd_order {
	USSD_BEGIN, USSD_TAKE, USSD_REPLAY,
	USSD_UNKNOWN_SESSION, USSD_OUT_OF_ORDER, USSD_OTHER_NUMBER, USSD_BUSY, USSD_LIMIT, USSD_ORDERS
};

struct ussd_order_facts {
	bool begin;            /* the request says that it begins a session */
	int64_t said;          /* which input it is, 0: not told */
	bool known;            /* there is such a session: */
	bool same_number, over, continued; /* its own; it had its last screen; another goes on where it broke off */
	int64_t have;          /* inputs it has taken */
	int64_t begun, begun_most; /* sessions of this number in the last while */
	int64_t open, open_most;   /* of everybody */
};

enum ussd_order ussd_order_decide(const struct ussd_order_facts *f);

/* As in struct wire_ussd_refused; "" for the first three. */
const char *ussd_order_name(enum ussd_order order);

#endif
