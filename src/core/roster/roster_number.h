/* Telephone numbers as people write them in a roster: with blanks, dashes and brackets of every kind, tel:, 00 or a plus, full-width
 * digits. Pure. Nothing it says names the number. */
#ifndef HL_CORE_ROSTER_ROSTER_NUMBER_H
#define HL_CORE_ROSTER_ROSTER_NUMBER_H

#include "core/number.h"

/* NULL, with the number in E.164; or what is wrong with it, to stand behind "number". country as for number_normalise(). */
const char *roster_number_read(const char *text, const char *country, struct number *out);

#endif
