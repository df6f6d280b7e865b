/* The walls around a worker: after sandbox_enter() it can open files only where its tty lies, make no connection
 * but to UNIX sockets, run no program, and use no system call that a worker has no use for. There is no way back. */
#ifndef HL_MODEM_SANDBOX_H
#define HL_MODEM_SANDBOX_H

#include <stdbool.h>

#include "base/error.h"

/* tty: a path, whose folder and that of what it links to stay open; with only, nothing but the device itself, and "" (only is
 * false then) is /dev. Landlock, then seccomp. If one of them cannot be had the other is still put up, and HL_EUNSUPPORTED is returned with
 * the reason; whether to go on is the caller's decision. */
int sandbox_enter(const char *tty, bool only, struct hl_reason *reason);

#endif
