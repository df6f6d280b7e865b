/* What the answers of a report amount to, as triage would have found it in a text, and how they read to an officer. Pure. */
#ifndef HL_CORE_USSD_USSD_VERDICT_H
#define HL_CORE_USSD_USSD_VERDICT_H

#include "core/triage/triage.h"
#include "core/ussd/engine.h"

#define USSD_SUMMARY_MAX 4096

/* The urgency that these actions make of it; it only rises. 0: it is no report (yet). */
int ussd_verdict_urgency(int urgency, unsigned actions);

void ussd_verdict(const struct menu *m, const struct ussd_state *s, int urgency, struct triage_verdict *v);

/* The questions and what was answered, a line each, in Mongolian whatever language the menu was in: officers read it. */
void ussd_summary(const struct menu *m, const struct ussd_state *s, const struct menu_words *words, char out[USSD_SUMMARY_MAX]);

#endif
