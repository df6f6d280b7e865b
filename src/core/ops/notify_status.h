/* Mail and webhooks in `status`: whether hotline-notify is there, and how its last transfers went. */
#ifndef HL_CORE_OPS_NOTIFY_STATUS_H
#define HL_CORE_OPS_NOTIFY_STATUS_H

#include <jansson.h>

#include "core/core.h"

/* Adds "notify" to the status, where there is hotline-notify. */
void notify_status_add(struct core *core, json_t *status);
/* Adds what somebody must do. */
void notify_status_warn(struct core *core, json_t *warnings);

#endif
