/* How long what is kept is kept: facts in, verdict out, no SQL, no clock. Unsure keeps: nothing that is held, open, ringing or
 * on its way is ever erased, and a tip of which nobody said that it was unfounded has the longest period. */
#ifndef HL_CORE_RETENTION_POLICY_H
#define HL_CORE_RETENTION_POLICY_H

#include <stdbool.h>
#include <stdint.h>

enum retention_class {
	RETENTION_TIP,        /* closed tips */
	RETENTION_UNFOUNDED,  /* closed tips that came to nothing */
	RETENTION_SPAM,       /* spam, abuse, wrong numbers, tests */
	RETENTION_OTHER,      /* questions, thanks, answers to campaigns and the like */
	RETENTION_QUARANTINE, /* what could not be read, since somebody looked at it */
	RETENTION_OUTBOX,     /* what was sent: numbers and who was told */
	RETENTION_CONTACT,    /* numbers of which no case is left */
	RETENTION_CALL,       /* missed calls */
	RETENTION_HASH,       /* hashes by which a text that is read again is known */
	RETENTION_CONSENT,    /* people who agreed to campaigns: a consent older than this is none */
	RETENTION_CAMPAIGN,   /* who was sent a campaign and what they answered, since it was over; sums stay */
	RETENTION_CLASSES
};

#define RETENTION_DAYS_MAX 36500

/* Of the configuration, in days; 0: for ever, but shred 0 means with the next run. */
struct retention_periods {
	int64_t days[RETENTION_CLASSES];
	int64_t warn_days;   /* what is erased within these is told before */
	int64_t shred_days;  /* an erased text is unreadable in older backups after these, at the latest */
};

enum retention_verdict { RETENTION_KEEP, RETENTION_SOON, RETENTION_ERASE };

const char *retention_class_name(enum retention_class c);

/* By age alone. */
enum retention_verdict retention_by_age(const struct retention_periods *p, enum retention_class c, int64_t since_ms, int64_t now_ms);

struct retention_case {
	int kind;                       /* enum triage_kind */
	bool closed, unfounded;         /* unfounded: closed for a reason that says so */
	bool owned;                     /* somebody has it */
	bool held;                      /* legal hold */
	bool busy;                      /* its alert rings, or a text of it is on its way out */
	int64_t closed_ms, updated_ms;
};

enum retention_class retention_class_of_case(const struct retention_case *c);
/* A tip is erased only after it was closed; what is no tip and nobody's may never be closed, and is old since its last text. */
enum retention_verdict retention_of_case(const struct retention_periods *p, const struct retention_case *c, int64_t now_ms);

struct retention_week {
	int64_t end_ms;        /* of the week */
	int64_t erased_ms;     /* when something of it was erased first; 0 never */
	bool any;              /* texts of it are left */
	bool waiting;          /* among them closed ones, whose period runs */
};

enum retention_key { RETENTION_KEY_KEEP, RETENTION_KEY_DESTROY, RETENTION_KEY_MOVE /* what is left goes to this week's key first */ };

/* A week's key lives as long as a text of it may: to the end of the longest period, or until shred_days after something of it was
 * erased, because until then that could be read in an older backup. */
enum retention_key retention_of_week(const struct retention_periods *p, const struct retention_week *w, int64_t now_ms);

/* Whether the clock may be believed: false where it is far from when the run before, or the making of the database, was. A clock that
 * was set wrong would erase everything. */
#define RETENTION_GAP_DAYS 40
bool retention_clock_ok(int64_t before_ms, int64_t now_ms);

#endif
