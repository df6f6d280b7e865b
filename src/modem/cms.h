/* What a refused AT+CMGS means for the text: the numbers of +CMS ERROR (TS 27.005 3.2.5; below 128 the RP causes of
 * TS 24.011 annex E, to 255 the TP failure causes of TS 23.040 9.2.3.22) and of +CME ERROR (TS 27.007 9.2). */
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

#endif
