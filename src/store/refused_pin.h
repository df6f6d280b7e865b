/* The PIN that a modem's SIM refused, as a keyed hash: it is never given again, until another stands in the configuration. */
#ifndef HL_STORE_REFUSED_PIN_H
#define HL_STORE_REFUSED_PIN_H

#include "store/store.h"

#define REFUSED_PIN_HASH 32

/* False where there is none. */
bool store_refused_pin_get(struct store *s, const char *modem, uint8_t hash[REFUSED_PIN_HASH]);
void store_refused_pin_put(struct store *s, const char *modem, const uint8_t hash[REFUSED_PIN_HASH]);
void store_refused_pin_forget(struct store *s, const char *modem);

#endif
