/* What the numbers of +CMS ERROR (TS 27.005 3.2.5; below 128 the RP causes of TS 24.011 8.2.5.4, to 255 the TP failure
 * causes of TS 23.040 9.2.3.22) and of +CME ERROR (TS 27.007 9.2) mean, as one table, each row with its source: for a text
 * that AT+CMGS was to send, and for the SIM. */
#ifndef HL_MODEM_CMS_H
#define HL_MODEM_CMS_H

#include "modem/at_line.h"

enum cms_verdict {
	CMS_TEMPORARY, /* not the text's fault: try again later */
	CMS_FINAL,     /* the number or the text is at fault */
	CMS_WAIT,      /* the modem or the centre is busy: try again at once, a few times */
	CMS_UNKNOWN,   /* it may have been sent, if it was given to the modem at all */
};

/* kind: AT_KIND_ERROR, AT_KIND_CME or AT_KIND_CMS. *why: a few words, a constant. */
enum cms_verdict cms_judge(enum at_kind kind, int code, const char **why);

/* What the same numbers tell of the SIM, whatever was asked. */
enum cms_sim {
	CMS_SIM_FINE,   /* nothing */
	CMS_SIM_BUSY,   /* wait a moment */
	CMS_SIM_LOCKED, /* it asks for its PIN or PUK */
	CMS_SIM_GONE,   /* pulled out, broken, or refused by the modem */
};
enum cms_sim cms_judge_sim(enum at_kind kind, int code);

/* Where the number is defined, "maker" where in no standard; NULL for one that is in the table of none. */
const char *cms_source(enum at_kind kind, int code);

#endif
