/* systemd's notify protocol (sd_notify(3)), which is one datagram: READY=1, STATUS=..., WATCHDOG=1. */
#ifndef HL_BASE_NOTIFY_H
#define HL_BASE_NOTIFY_H

#include <stdint.h>

/* Sends state to $NOTIFY_SOCKET; does nothing where there is none. Keeps its socket open, so the first call
 * must come before a sandbox forbids socket(2). */
void hl_notify(const char *state);

/* The interval at which WATCHDOG=1 should be sent (half of $WATCHDOG_USEC), or 0 where no watchdog runs. */
int64_t hl_notify_watchdog_ms(void);

#endif
