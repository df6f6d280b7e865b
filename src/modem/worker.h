/* The worker: what its rooms share. worker_state.c moves it through its states (state.h), worker.c gives the modem to one room
 * after another; locate.c finds where it is, setup.c makes a modem usable, checkup.c asks how it is, ladder.c brings back one that is silent,
 * reception.c and submission.c do the work, wire/uplink.c talks to the core. Only this program's files include it. */
#ifndef HL_MODEM_WORKER_H
#define HL_MODEM_WORKER_H

#include <event2/event.h>

#include "modem/at.h"
#include "modem/call.h"
#include "modem/checkup.h"
#include "modem/ladder.h"
#include "modem/locate.h"
#include "modem/outcome.h"
#include "modem/reception.h"
#include "modem/setup.h"
#include "modem/state.h"
#include "modem/submission.h"
#include "modem/timer.h"
#include "modem/tty.h"
#include "modem/ussd.h"
#include "wire/link.h"
#include "wire/profile.h"
#include "wire/uplink.h"

#define WORKER_OPEN_PAUSE_MIN_MS 500 /* between the first two attempts to open the tty */
#define WORKER_RETRY_PAUSE_MS 3000   /* of a modem that needs a person: a SIM may have been put in */

/* Whose turn it is, since the last part of a text (precedence.h). */
struct pumping {
	unsigned jobs_left, arrivals_left;
	int64_t listen_since_ms; /* on CLOCK_BOOTTIME; 0: the line is not listened to */
	struct event *listen_timer;
};

struct worker {
	const char *name;        /* of the modem, as configured; "" for the worker of a port */
	struct event_base *base;
	struct uplink *uplink;
	struct at *at;
	struct tty_watch *watch;
	struct event *open_timer, *sweep_timer, *tell_timer, *retry_timer, *watchdog_timer;
	int64_t open_pause_ms;   /* between attempts to open the tty */
	int64_t sweep_due_ms;    /* on CLOCK_BOOTTIME, while sweep_timer is set */

	bool welcomed;
	bool confined;           /* the sandbox is up: it knows the port, or the folder of the first welcome's tty, only */
	struct hl_reason unconfined; /* why it is not */
	struct locate locate;
	struct wire_welcome welcome;
	struct modem_profile profile;

	enum modem_state state;
	enum sim_lock broken_lock; /* how the SIM was when a person became needed */
	bool answered;           /* in the life of this program: it is a modem */
	unsigned epoch;          /* counts the modem's lives: what was known of its slots is in doubt after each */
	struct wire_modem told;  /* what the core is told of the modem; counters are kept here */
	struct setup setup;
	struct checkup checkup;
	struct ladder ladder;
	struct reception reception;
	struct submission submission;
	struct outcomes outcomes;
	struct ussd ussd;
	struct call call;
	struct pumping pumping;
	int64_t trimmed_work;    /* that was done when memory was last given back */
};

/* Starts with connecting to the core; or, where there is a port (else NULL; then name is ""), with entering the sandbox and
 * asking who is there. */
void worker_init(struct worker *w, struct event_base *base, const char *name, const char *port, const char *link_path);
void worker_free(struct worker *w);

/* The answer to locate_open(): the open line, or why there is none. */
void worker_located(struct worker *w, int fd);
void worker_not_located(struct worker *w, const char *why);

/* The one way to another state: logs old -> new, tells the core, enters. why: words with the mend, without numbers
 * or texts. */
void worker_event(struct worker *w, enum modem_event event, const char *why);

/* Leaving setup, and at each sweep: whatever was known of the modem's memories is to be found out anew. */
void worker_begin_service(struct worker *w);

/* An absent modem's tty is tried when the system tells of a change, and again after a while. */
void worker_wait_for_tty(struct worker *w);

/* There may be work for an idle modem. */
void worker_pump(struct worker *w);
/* A part of a text is over: reception has its jobs before the next. */
void worker_part_done(struct worker *w);
/* One that arrived was read. */
void worker_note_arrival(struct worker *w);
/* No text waits. */
void worker_forget_turns(struct worker *w);

/* Shows in the state what a usable modem is busy with. */
void worker_show_busy(struct worker *w);

/* Tells people something of the modem, in words with the mend, in the state that it is in; until the next. */
void worker_remark(struct worker *w, const char *why);

/* Sends the core what is told of the modem, soon: changes within a quarter of a second go as one. */
void worker_tell_soon(struct worker *w);
void worker_tell(struct worker *w);

/* How long an answer may take: not the profile's whole time, which is for the slowest of its family, but some times what this
 * modem took of late, and longer with each failure in a row. max_ms: the profile's. */
int64_t worker_limit_ms(const struct worker *w, int64_t max_ms);
/* Likewise for the answer to a bare AT, which needs no work at all. */
int64_t worker_sign_limit_ms(const struct worker *w);

/* Queues a command; its callbacks get w. The time limit is in ms; text is a format. */
void worker_command(struct worker *w, struct at_command command, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* True if the reply means that nothing more can be done in this state: the line went, or the modem was silent (then the
 * ladder has begun already). */
bool worker_gave_up(struct worker *w, const struct at_reply *reply, const char *what);

/* A sweep in so many ms, or earlier if one is due earlier. */
void worker_sweep_in(struct worker *w, int64_t ms);

/* A whole sweep went well: the modem is healthy. */
void worker_swept(struct worker *w);

/* Keeps systemd's watchdog content, if there is one. */
void worker_start_watchdog(struct worker *w);

#endif
