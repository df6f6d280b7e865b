/* Which job of reception is next: what was announced is read before the rest is looked for, and what is safe with the core is
 * deleted last, unless a memory fills up. It gives the modem nothing: reception_job.c does. */
#ifndef HL_MODEM_RECEPTION_CHOICE_H
#define HL_MODEM_RECEPTION_CHOICE_H

#include <stdbool.h>

struct memory;
struct worker;

/* Sets the next job (reception_set_job()); false if there is none. */
bool reception_choose(struct worker *w);

/* Whether the modem has the memory and does not fail at it each time. */
bool reception_is_usable(const struct memory *m);

#endif
