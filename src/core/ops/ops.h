/* The table of requests, given to the control socket when the core starts. */
#ifndef HL_CORE_OPS_OPS_H
#define HL_CORE_OPS_OPS_H

#include "core/control/control.h"

extern const struct control_op control_ops[];

#endif
