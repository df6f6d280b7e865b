/* What the core tells a worker: welcome with the modem's configuration, and everything after it. The first welcome
 * builds the sandbox, before the tty is opened and for good. */
#ifndef HL_MODEM_ORDERS_H
#define HL_MODEM_ORDERS_H

#include "wire/uplink.h"

/* For uplink_new(); their argument is the struct worker. */
extern const struct uplink_ops orders_uplink_ops;

#endif
