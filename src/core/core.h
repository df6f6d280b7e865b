/* What the rooms of the core know of each other: one struct of handles, made by main.c in the order of its members
 * and ended in the mirrored order. No room keeps state that matters only in memory: disk is the truth, memory is
 * refilled from it. */
#ifndef HL_CORE_CORE_H
#define HL_CORE_CORE_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "core/hooks.h"

struct core {
	struct event_base *base;
	const struct hl_clock *clock;
	struct config *config;         /* core/config/config.h */
	struct triage_rules *rules;    /* core/triage/triage.h */
	struct wording *wording;       /* core/config/wording.h */
	struct roster *roster;         /* core/roster/roster.h */
	struct agencies *agencies;     /* core/case/agencies.h */
	struct alert_policies *policies; /* core/alert/policies.h; NULL: none */
	struct menu *menu;             /* core/ussd/menu.h; NULL: none */
	struct vault *vault;           /* vault/vault.h */
	struct store *store;           /* store/store.h */
	/* deadlines on disk (*_boot_ms) are of this boot; otherwise each of them counts as due */
	bool same_boot;
	struct counters *counters;     /* core/counters.h */
	struct turn *turn;             /* core/turn.h */
	struct anchor *anchor;         /* core/people/anchor.h */
	struct units *units;           /* core/people/units.h */
	struct roster_live *roster_live; /* core/duty/live.h */
	struct sessions *sessions;     /* core/people/session.h */
	struct alerts *alerts;         /* core/alert/alert.h */
	struct campaigns *campaigns;   /* core/campaign/campaign.h */
	struct contacts *contacts;     /* core/contacts/contacts.h */
	struct outbox *outbox;         /* core/outbound/outbox_row.h; made and ended by the dispatcher */
	struct dispatch *dispatch;     /* core/outbound/dispatch.h */
	struct service *service;       /* core/service/service.h */
	struct ussd_room *ussd;        /* core/ussd/ussd_room.h */
	struct intake *intake;         /* core/inbound/intake.h */
	struct receipt_hour { int64_t from_boot_ms, given; } receipt_hour; /* core/inbound/receipt.h */
	struct retention *retention;   /* core/retention/retention.h */
	struct backup *backup;         /* core/backup/backup.h */
	struct links *links;           /* core/link/links.h */
	struct health *health;         /* core/health/health.h */
	struct control *control;       /* core/control/control.h */
	/* Who is told and asked from below. */
	struct hooks case_hooks;       /* core/case/case_hooks.h */
	struct hooks contacts_hooks;   /* core/contacts/leave.h */
	struct hooks intake_hooks;     /* core/inbound/intake.h */
	struct hooks link_hooks;       /* core/link/link_hooks.h */
	struct hooks outbound_hooks;   /* core/outbound/outbound_hooks.h */
	struct hooks roster_live_hooks; /* core/duty/live.h */
};

#endif
