/* What the idle modem does next where texts wait on both sides. Reading what arrived comes before the next part of any text,
 * deleting only for some jobs; and where it was busy, it is listened to before a part is given: many a modem tells of an arrival only
 * a moment after the result of its command (u-blox, UBX-17003787 2.2.5.1, and Telit ask for 20 ms, Siemens MC55 for 100), and
 * one that gives a text to the network cannot be read for seconds. Pure: no clock, no modem. */
#ifndef HL_MODEM_PRECEDENCE_H
#define HL_MODEM_PRECEDENCE_H

#include <stdbool.h>
#include <stdint.h>

#define PRECEDENCE_JOBS 8      /* that reception has between two parts, deleting among them */
#define PRECEDENCE_ARRIVALS 32 /* jobs, and texts read in them, that a text waits for: a flood must not stop alerts */
#define PRECEDENCE_BUSY_MS 50  /* a modem that no command kept busy for so long is believed to have nothing to tell */
#define PRECEDENCE_LISTENS 5   /* times listen_ms, then a line that is never silent is silent enough */

struct precedence_facts {
	bool text_due;        /* a part could be given, or a text begun */
	bool yields;          /* it, and all behind it, may wait for as long as texts arrive */
	bool arrived;         /* something was announced, or read badly, and is to be read */
	unsigned jobs_left, arrivals_left; /* of the limits above, since the last part */
	int64_t busy_ms;      /* with one command, since there was that silence: so long it may have held something back */
	int64_t quiet_ms;     /* since the modem said something */
	int64_t listened_ms;  /* since listening began; 0: it has not */
	int64_t listen_ms;    /* the silence that is wanted */
};

enum precedence { PRECEDENCE_RECEPTION, PRECEDENCE_LISTEN, PRECEDENCE_TEXT };

enum precedence precedence_judge(const struct precedence_facts *f);

#endif
