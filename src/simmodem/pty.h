/* A serial line: the master side of a pty in raw mode, with a symbolic link to the slave for the program under test.
 * The slave is kept open here too, so that programs may come and go; closing the master is what an unplugged modem
 * looks like (EIO, HUP). Octets that nobody reads are dropped beyond a bound, as on a real line. */
#ifndef HL_SIMMODEM_PTY_H
#define HL_SIMMODEM_PTY_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define PTY_BACKLOG_MAX (1u << 20) /* octets waiting for a program that does not read */
#define PTY_READ_MAX 4096

struct pty {
	struct event_base *base;
	void (*input)(void *arg, const uint8_t *data, size_t len);
	void *arg;
	char link[108];
	int master, slave; /* -1: closed */
	struct event *readable, *writable;
	char *out;         /* octets out_at..out_len wait to be written */
	size_t out_at, out_len, out_size;
	uint64_t dropped;
};

/* Prepares a closed line whose slave will be linked from this path. */
void pty_init(struct pty *pty, struct event_base *base, const char *link, void (*input)(void *, const uint8_t *, size_t),
	void *arg);

/* Makes the pty and its link (an old one is replaced). HL_EIO with the reason. */
int pty_open(struct pty *pty, struct hl_reason *reason);
/* Hangs up and removes the link. Safe on a closed line. */
void pty_close(struct pty *pty);
/* pty_close(), and frees what it holds. */
void pty_free(struct pty *pty);

bool pty_is_open(const struct pty *pty);

/* Collects octets; pty_flush() writes what was collected, the rest when the line takes it. */
void pty_write(struct pty *pty, const char *data, size_t len);
void pty_flush(struct pty *pty);

#endif
