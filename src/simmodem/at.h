/* The conversation of one modem (V.250): collects a command line, echoes it, runs its commands one after the other,
 * writes information and one final result, asks for a PDU after a prompt, and holds unsolicited lines back while a
 * command runs. It knows no command itself: those are rows (at_rows.h). */
#ifndef HL_SIMMODEM_AT_H
#define HL_SIMMODEM_AT_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

struct modem;

#define AT_LINE_MAX 1024   /* characters of a command line, or of a PDU after the prompt */
#define AT_TYPED_MAX 8192  /* octets that came while a command ran */
#define AT_URC_MAX 1024    /* unsolicited lines held back */

/* What a command gives: one of these, AT_CME(n) or AT_CMS(n). */
enum { AT_OK, AT_ERROR, AT_PENDING, AT_NO_CARRIER, AT_BUSY_LINE, AT_NO_ANSWER, AT_NO_DIALTONE };
#define AT_CME(n) (0x1000 + (n)) /* TS 27.007 9.2 */
#define AT_CMS(n) (0x2000 + (n)) /* TS 27.005 3.2.5 */

enum at_state { AT_STATE_COMMAND, AT_STATE_PROMPT, AT_STATE_BUSY };

/* An unsolicited line; slot and serial name the message that it tells of (slot -1: none). */
struct urc {
	STAILQ_ENTRY(urc) next;
	bool sms; /* one of those that +CNMI mode 0 keeps back */
	int slot;
	uint64_t serial;
	char text[];
};

struct at {
	enum at_state state;
	char line[AT_LINE_MAX + 1];    /* what is being typed */
	size_t len;
	bool overflow;
	char running[AT_LINE_MAX + 1]; /* the line that runs, with its "AT" */
	char last[AT_LINE_MAX + 1];    /* for A/ */
	const char *rest;              /* of running: the commands to come */
	char typed[AT_TYPED_MAX];
	size_t typed_at, typed_len;
	bool mute;                     /* the reply is lost */
	int info_lines;                /* written in this response */
	unsigned echoed;
	int (*prompt_done)(struct modem *m, char *body, size_t len);
	int (*then)(struct modem *m);  /* after the timer */
	struct event *timer, *urc_timer;
	STAILQ_HEAD(, urc) urcs;
	size_t urc_count;
};

void at_init(struct modem *m);
/* Back to waiting for a command; what ran is forgotten, held lines are dropped. */
void at_reset(struct modem *m);
void at_free(struct modem *m);

/* Octets from the line. */
void at_input(struct modem *m, const uint8_t *data, size_t len);

/* One line of information. */
void at_info(struct modem *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void at_info_text(struct modem *m, const char *text, size_t len);

/* For a command to return: ask for a PDU or text (Ctrl-Z gives it to done, which returns a result; ESC ends with OK);
 * or wait and then call `then` for the result (at once where ms is 0). */
int at_prompt(struct modem *m, int (*done)(struct modem *m, char *body, size_t len));
int at_wait(struct modem *m, int64_t ms, int (*then)(struct modem *m));

/* An unsolicited line, said at once or when the running command ends; sms marks those that +CNMI governs. */
void at_urc(struct modem *m, const char *text);
void at_urc_sms(struct modem *m, const char *text, int slot, uint64_t serial);

/* Says or (drop) forgets the lines that +CNMI mode 0 kept. */
void at_urc_release(struct modem *m, bool drop);

#endif
