/* hotline-modem --probe TTY...: what is there, and is it fit for use? Walks the checks one after the other over the worker's own
 * AT conversation and tells each result with the mend. It changes nothing that outlives the next start of a worker: no text is
 * read or deleted, no PIN is tried, nothing is sent to the network. */
#ifndef HL_MODEM_PROBE_H
#define HL_MODEM_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#define PROBE_TTYS_MAX 32

struct probe_options {
	const char *tty[PROBE_TTYS_MAX];
	size_t tty_count;
	const char *plan;   /* file of hotlinectl: the profiles there are; NULL: generic for everything */
	bool json, colour;
	bool red;           /* hotlinectl has told of something red already */
};

/* Prints; returns the exit code: 0 where every check is green, 1 where one is red, or one of sysexits.h. */
int probe_run(const struct probe_options *options);

#endif
