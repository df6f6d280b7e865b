/* A request's target: "/ussd/session/1?key=...". Pure. */
#ifndef HL_USSD_TARGET_H
#define HL_USSD_TARGET_H

#include <stdbool.h>
#include <stddef.h>

/* What follows the listener's path in it: "" or "/..." (its query, too, if it has one); NULL where it is another
 * path. */
const char *target_path(const char *target, const char *path);

/* The value of that name in the query, decoded. False where it is not there, there twice, or too long. */
bool target_query(const char *target, const char *name, char *value, size_t size);

#endif
