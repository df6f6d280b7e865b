/* What ussd.c (a session, from its beginning to its one end) and ussd_command.c (what it gives the modem) share; no other file
 * includes it. */
#ifndef HL_MODEM_USSD_INSIDE_H
#define HL_MODEM_USSD_INSIDE_H

#include "modem/ussd.h"

/* No session is under way. */
bool ussd_is_over(const struct ussd *u);

/* Ends the session and tells the core how: state as on the wire (wire/link.h); heard may be NULL; why may be "". */
void ussd_finish(struct worker *w, const char *state, const struct ussd_heard *heard, const char *why);

#endif
