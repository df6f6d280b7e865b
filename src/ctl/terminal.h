/* The person at the terminal: questions and secrets. A secret is never echoed, never an argument, and wiped by who
 * asked for it. */
#ifndef HL_CTL_TERMINAL_H
#define HL_CTL_TERMINAL_H

#include "ctl/ctl.h"

#define TERMINAL_SECRET_MAX 512

/* Asks on /dev/tty. False where there is no terminal, or at its end. */
bool terminal_ask(const char *question, char *out, size_t size);

/* A secret: with --password-stdin the next line of standard input, else asked on /dev/tty without echo. CTL_OK, or
 * CTL_USAGE after saying what is missing. */
int terminal_secret(const struct ctl *ctl, const char *question, char *out, size_t size);

/* Whether standard output may carry colours. */
bool terminal_has_colour(void);

/* Logs in as ctl->as on the connection, or, where a command must be asked by a person and nobody is named, as who is
 * named on the terminal; with CTL_MAY nobody needs to be. */
int terminal_login(struct ctl *ctl, enum ctl_person person);

/* Connects, and logs in who is named: what is done before a command whose row says so, and by one that looks at a file first. */
int terminal_begin(struct ctl *ctl, enum ctl_person person);

#endif
