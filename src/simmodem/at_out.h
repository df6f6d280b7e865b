/* What a modem says, formatted by V and Q of V.250: final results, information lines, unsolicited lines, and noise
 * where a fault wants it. Used by the conversation (at.c); commands use at.h. */
#ifndef HL_SIMMODEM_AT_OUT_H
#define HL_SIMMODEM_AT_OUT_H

struct modem;

void at_out_final(struct modem *m, int result);
void at_out_garbage(struct modem *m);
/* Says the unsolicited lines that were held back. */
void at_out_urcs(struct modem *m);

#endif
