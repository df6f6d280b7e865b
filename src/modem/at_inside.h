/* What at.c (commands, their ends, the line) and at_read.c (what the modem says) share; no other file includes it. */
#ifndef HL_MODEM_AT_INSIDE_H
#define HL_MODEM_AT_INSIDE_H

#include "modem/at.h"
#include "modem/timer.h"

#define AT_OUT_MAX 1024  /* a command, or the 356 digits of a PDU */

enum pdu_wait { WAIT_NONE, WAIT_COMMAND, WAIT_URC };

struct at {
	struct event_base *base;
	const struct at_ops *ops;
	void *arg;
	int fd;
	struct event *readable, *writable, *timer, *settle_timer, *probe_timer;
	struct at_reader reader;
	char out[AT_OUT_MAX];
	size_t out_len;
	struct at_command queue[AT_QUEUE_MAX]; /* [0] is the one in progress, if running */
	size_t queued;
	unsigned lines;           /* of its response */
	unsigned started;         /* counts commands: a callback may end the one in progress and begin another */
	bool running, want_prompt, data_given, probed, aborting;
	int64_t since_ms, slowest_ms; /* since the command or its last line; of late */
	int64_t heard_ms;         /* when the last octet came */
	int64_t began_ms, busy_ms; /* the command in progress; the longest of late */
	enum pdu_wait wait;       /* whose PDU the next line of digits is */
	char header[AT_LINE_MAX + 1], urc_header[AT_LINE_MAX + 1];
	bool header_open;         /* header waits for its PDU */
	char instead[AT_LINE_MAX + 1]; /* what stood where its PDU should, if nothing better comes */
	struct {
		void (*done)(void *arg);
		void *arg;
		int64_t quiet_ms;
		int rounds;
		bool heard;
	} settle;
};

/* The modem has said something that belongs to its command: how slow it is of late. */
void at_note_answer(struct at *at);
/* The command in progress is over; the next one begins. */
void at_finish(struct at *at, struct at_reply reply);
/* The line is gone. */
void at_lose(struct at *at, const char *why);
/* Queues octets for the modem, and writes what it takes. */
void at_put(struct at *at, const char *s);
void at_flush(struct at *at);

/* Octets of the modem: lines and prompts, taken apart by at_line.h. */
void at_on_readable(evutil_socket_t fd, short what, void *arg);

#endif
