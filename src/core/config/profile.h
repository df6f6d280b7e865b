/* Modem profiles: modems/<name>.conf, the facts of one modem family, as the JSON object that a worker gets in
 * `welcome`. The core passes it on; it never acts on one. */
#ifndef HL_CORE_CONFIG_PROFILE_H
#define HL_CORE_CONFIG_PROFILE_H

#include <jansson.h>

#include "conf/conf.h"

/* Reads dir/name.conf and checks it. NULL with errors added: those about the name point to file:line, where it is
 * named. The caller ends with json_decref(). */
json_t *profile_read(const char *dir, const char *name, const char *file, int line, struct conf_errors *e);

#endif
