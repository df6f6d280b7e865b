/* PINs that SIMs refused. A wrong one is tried once and never again until another stands in the configuration, whatever is
 * restarted meanwhile, because three refusals lock the SIM, and not every modem tells how many are left. Never keeps a PIN. */
#ifndef HL_CORE_LINK_REFUSED_PIN_H
#define HL_CORE_LINK_REFUSED_PIN_H

#include "core/config/config.h"
#include "core/core.h"

/* In the open turn: whether this modem's PIN is the one that was refused. What was remembered of another PIN is forgotten. */
bool refused_pin_is(struct core *core, const struct config_modem *modem);

/* In the open turn: its worker says that it was. */
void refused_pin_note(struct core *core, const struct config_modem *modem);

#endif
