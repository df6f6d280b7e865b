/* What became of a transfer, from what libcurl and the server said. Pure. */
#ifndef HL_NOTIFY_VERDICT_H
#define HL_NOTIFY_VERDICT_H

#include <stdbool.h>

enum verdict_outcome { VERDICT_SENT, VERDICT_FAILED, VERDICT_FINAL, VERDICT_UNKNOWN };

struct verdict { enum verdict_outcome outcome; char why[128]; };

/* How a transfer ended. answer: the last status line's number, 0 where there was none. */
struct verdict_facts {
	const char *trouble; /* NULL: libcurl saw none; otherwise its words for it */
	bool certificate;    /* the trouble is the server's certificate */
	bool of_server;      /* it was said before the mail began: about us, or the server itself */
	bool no_tls;         /* the mail server offers no STARTTLS */
	bool refused_login;
	bool all_given;      /* a mail: its last octet was given to libcurl, so the final dot may be out */
	long answer;
};

/* Whether a mail was taken: its end was given, and the answer is not that to DATA (354) any more but a good one.
 * Whatever happens after that, the server has it. */
bool verdict_mail_is_taken(bool all_given, long answer);

void verdict_mail(const struct verdict_facts *f, struct verdict *v);
void verdict_webhook(const struct verdict_facts *f, struct verdict *v);

#endif
