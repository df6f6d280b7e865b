/* Sessions whose time is up: dropped, and what they have is a report. Disk is the truth; the timer only says when to look. */
#ifndef HL_CORE_USSD_USSD_DUE_H
#define HL_CORE_USSD_USSD_DUE_H

#include "core/ussd/session.h"

/* A session is due then: the timer is no later. */
void ussd_due_soon(struct ussd_room *r, int64_t due_boot_ms);

/* Ends the session as broken off (ussd_room.c). The row is filled. */
void ussd_drop(struct core *core, struct ussd_session *s);

/* The session with this id. */
bool ussd_due_get(struct core *core, int64_t id, struct ussd_row *row);

/* Open ones, counted now and then only: a bound against floods needs no exact number. */
int64_t ussd_due_count_open(struct core *core);

#endif
