/* All profiles of modems/, for modems whose configuration names none: found by USB ids and model. A file with a mistake is
 * left out with a warning: a mistake in a profile never keeps the core from starting. */
#ifndef HL_CORE_CONFIG_PROFILES_H
#define HL_CORE_CONFIG_PROFILES_H

#include <jansson.h>

#include "conf/conf.h"
#include "core/config/config.h"

#define PROFILES_MAX 64

struct profiles;

struct profiles *profiles_load(const char *dir);
/* Tells the mistakes of all profiles but those that the configuration names, which were told already. */
void profiles_check(const struct config *c, struct conf_errors *errors);
void profiles_free(struct profiles *p);

/* The name and the object of profile i, from 0; NULL past the last. */
const char *profiles_name(const struct profiles *p, size_t i);
json_t *profiles_get(const struct profiles *p, size_t i);

/* The profile that fits best: one that lists the model, then one that lists the USB ids ("12d1:1506"); both together is best.
 * NULL where none does: generic. The object stays the set's; *name (may be NULL) is set to its name or "generic". */
json_t *profiles_find(const struct profiles *p, const char *usb, const char *model, const char **name);

#endif
