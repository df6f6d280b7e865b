/* Long texts among the messages of a memory, for modems that delete all parts with one. */
#ifndef HL_SIMMODEM_SMS_SET_H
#define HL_SIMMODEM_SMS_SET_H

#include "simmodem/modem.h"

/* Empties the slot, and with it those of the other parts of its long text. */
void sms_delete_set(struct modem *m, struct slots *s, int index);

#endif
