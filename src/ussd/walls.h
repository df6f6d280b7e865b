/* The walls around hotline-ussd: after walls_enter() it takes connections on the sockets it has, makes none but to
 * UNIX sockets, opens no file, and runs no program. */
#ifndef HL_USSD_WALLS_H
#define HL_USSD_WALLS_H

#include "base/error.h"

/* As confine_enter(); the listening sockets and the server have been made before. */
int walls_enter(struct hl_reason *reason);

#endif
