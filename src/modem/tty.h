/* The serial line: opening it raw, and hearing of its coming back after it was pulled out. It knows no AT. */
#ifndef HL_MODEM_TTY_H
#define HL_MODEM_TTY_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Opens the tty raw, non-blocking, close-on-exec, for us alone, with what was left in its buffers thrown away;
 * baud 0 leaves the speed. Returns the descriptor; HL_ENOENT where it is not there, HL_EEXIST where another program has
 * it, HL_EIO or HL_EINVAL (no such speed) with the reason. */
int tty_open(const char *path, int64_t baud, bool rtscts, struct hl_reason *reason);

/* The same settings, of one that is open already. */
int tty_set_line(int fd, const char *path, int64_t baud, bool rtscts, struct hl_reason *reason);

struct tty_watch;

/* Tells of changes where path (and what it links to) lies, from tty_watch_arm() on until the first one. */
struct tty_watch *tty_watch_new(struct event_base *base, void (*changed)(void *arg), void *arg);
void tty_watch_free(struct tty_watch *w);

/* HL_EIO where the system does not tell; then only asking again and again helps. */
int tty_watch_arm(struct tty_watch *w, const char *path);
void tty_watch_disarm(struct tty_watch *w);

#endif
