/* Stored messages as text mode shows them (TS 27.005 3.4.2 and 3.4.3): the header line and the body. */
#ifndef HL_SIMMODEM_SMS_TEXT_H
#define HL_SIMMODEM_SMS_TEXT_H

#include "simmodem/modem.h"

/* "REC UNREAD" and so on, as <stat> of text mode; -1 for a name that is none ("ALL" gives SLOT_ANY). */
int sms_status_named(const char *name);

/* Writes the information lines of +CMGR or, with an index, +CMGL. AT_OK, or AT_CMS(500) where it is no PDU. */
int sms_text_show(struct modem *m, const struct slot *slot, const char *command, int index);

#endif
