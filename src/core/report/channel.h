/* How people reach the hotline: reports, calls and sessions by channel, counted by month in numbers that outlive what they count. A
 * channel is "sms", "call" or "ussd:" and the transport; nothing here tells of anybody in particular. */
#ifndef HL_CORE_REPORT_CHANNEL_H
#define HL_CORE_REPORT_CHANNEL_H

#include "core/core.h"

/* Inside the turn. channel: a modem's name stands for "sms", "ussd:..." for itself; what: "reports", "calls", "done", "dropped". */
void channel_count(struct core *core, const char *channel, const char *what);

#endif
