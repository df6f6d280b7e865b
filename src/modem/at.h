/* An AT conversation over one descriptor, driven by events: a bounded queue of commands, one in progress, each
 * with its expected lines, time limit and callbacks; unsolicited lines go to the owner whenever they come, even
 * inside a response. It never blocks, never repeats a command by itself and never logs what goes over the line. */
#ifndef HL_MODEM_AT_H
#define HL_MODEM_AT_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "modem/at_line.h"

#define AT_ESCAPE "\x1B" /* ends a prompt without sending (TS 27.005 4.3) */
#define AT_QUEUE_MAX 8
#define AT_COMMAND_MAX 768 /* AT+CUSD with the longest string (ussd_code.h) */

struct at;

enum at_result {
	AT_OK,
	AT_ERROR,     /* ERROR, or +CME/+CMS ERROR: then code is set */
	AT_TIMEOUT,   /* silence for the command's time limit, or a response without end: the conversation may be out of step,
		       * call at_settle() */
	AT_NO_PROMPT, /* likewise, before "> " came: the data was not given */
	AT_LOST,      /* the line is gone, at_close() or at_abort() */
};

struct at_reply {
	enum at_result result;
	enum at_kind error;  /* for AT_ERROR: AT_KIND_ERROR, AT_KIND_CME or AT_KIND_CMS */
	int code;
	bool data_given;     /* data and its Ctrl-Z were handed to the line */
};

struct at_command {
	char text[AT_COMMAND_MAX]; /* without carriage return */
	struct at_expect expect;   /* active need not be set */
	const char *data;          /* given after the prompt, then Ctrl-Z; the owner's, until done() */
	int64_t timeout_ms;        /* silence: starts again with each line of the command's own */
	int64_t prompt_ms;         /* wait for the prompt where there is data */
	/* After so long a silence since the data the modem is asked with a bare AT, again and again; 0: never. One that is still
	 * at work hears it later or not at all; one that is done, and whose result was lost, answers OK, which ends the
	 * command: AT_OK without the line that it is to bring. */
	int64_t probe_ms;
	int64_t info_ms;           /* where not 0: so long after a line of the response it counts as ended with OK */
	/* A line of the response; pdu is the line after it for AT_SHAPE_PDU, as it came, be it digits or not ("" if none did),
	 * else NULL. May be NULL. */
	void (*info)(void *arg, const char *line, const char *pdu);
	void (*done)(void *arg, const struct at_reply *reply);
	void *arg;
};

struct at_ops {
	void (*urc)(void *arg, const char *line, const char *pdu);
	void (*lost)(void *arg, const char *why); /* after every command ended with AT_LOST; the descriptor is closed */
	void (*idle)(void *arg);                  /* the last command is done and none waits */
	bool (*noise)(void *arg, const char *line); /* a line that means nothing, ever. May be NULL */
};

struct at *at_new(struct event_base *base, const struct at_ops *ops, void *arg);
void at_free(struct at *at);

/* Takes over the non-blocking descriptor. */
void at_open(struct at *at, int fd);
/* Closes it; commands end with AT_LOST, lost() is not called. */
void at_close(struct at *at);
/* The same, but the descriptor stays open and is the caller's; -1 where there is none. */
int at_release(struct at *at);
bool at_is_open(const struct at *at);
/* Gives up what is in progress and queued (AT_LOST) and keeps the line; at_settle() should follow. */
void at_abort(struct at *at);

/* Queues a command (copied). HL_EFULL at AT_QUEUE_MAX, HL_ESTATE when closed. */
int at_send(struct at *at, const struct at_command *command);
bool at_is_idle(const struct at *at);

/* The longest silence before an answer, of late: an old one fades with each command. Commands with data do not count. */
int64_t at_slowest_ms(const struct at *at);

/* Since the modem said anything at all. */
int64_t at_quiet_ms(const struct at *at);
/* How long the longest command took since that was forgotten. */
int64_t at_busy_ms(const struct at *at);
void at_forget_busy(struct at *at);

/* Only when idle: writes octets (an escape to end a prompt; may be ""), waits until the line has been silent for
 * quiet_ms, at most ten times as long, and calls done. */
void at_settle(struct at *at, const char *octets, int64_t quiet_ms, void (*done)(void *arg), void *arg);

#endif
