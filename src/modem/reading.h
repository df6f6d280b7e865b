/* What a line of the modem's storage means: new, known, or spoilt on its way; and how it is offered to the core.
 * It gives the modem no commands. */
#ifndef HL_MODEM_READING_H
#define HL_MODEM_READING_H

#include "modem/held.h"

struct worker;

/* The PDU line that lies in this slot; tpdu_octets as its header told, -1 unknown. */
void reading_take(struct worker *w, int memory, int slot, int tpdu_octets, const char *pdu);

/* The same for one that came directly and cannot be read again. False where it could not be kept. */
bool reading_take_direct(struct worker *w, const char *pdu);

/* The slot was read and nothing lies there. */
void reading_take_empty(struct worker *w, int memory, int slot);

/* Tells the core of it, if it is there. */
void reading_offer(struct worker *w, struct held *h);

/* Tells the core of a slot that cannot be read, as of a message that was refused: a person can read the SIM elsewhere. */
void reading_tell_unreadable(struct worker *w, const char *memory, int slot);

#endif
