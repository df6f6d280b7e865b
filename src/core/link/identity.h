/* Which modem is it? Pure: from what a worker says of itself and the configured modems to a verdict. */
#ifndef HL_CORE_LINK_IDENTITY_H
#define HL_CORE_LINK_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/config/config.h"
#include "wire/link.h"

/* The configured modem that this is: the one of that name where a name is said; else the one with that IMEI; else one that is
 * configured by this tty alone. NULL where none is meant. */
const struct config_modem *identity_find(const struct config_modem *modems, size_t count, const struct wire_hello *hello);

/* The name of a modem that no configuration names: the last six digits of its IMEI, or all of them where whole is set, after
 * "usb-"; the same each time it is plugged in. */
void identity_name(const char *imei, bool whole, char out[WIRE_NAME_MAX + 1]);

#endif
