/* The walls around hotline-notify: after walls_enter() it reads what names and certificates need, connects to
 * servers and UNIX sockets, writes no file, listens nowhere, and runs no program. */
#ifndef HL_NOTIFY_WALLS_H
#define HL_NOTIFY_WALLS_H

#include "base/error.h"
#include "notify/settings.h"

/* As confine_enter(). The settings have been read: notify.conf and its secrets are out of reach afterwards only as
 * far as the rights of the account say so, because names are looked up by files of /etc. */
int walls_enter(const struct settings *settings, struct hl_reason *reason);

#endif
