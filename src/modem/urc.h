/* Unsolicited lines: a table of those that matter, whenever they come; every other is no harm. */
#ifndef HL_MODEM_URC_H
#define HL_MODEM_URC_H

struct worker;

/* line as the modem said it; pdu is the line after it for +CMT and +CDS, else NULL. */
void urc_take(struct worker *w, const char *line, const char *pdu);

#endif
