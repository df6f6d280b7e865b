/* What the files of this room share; no other file includes it. */
#ifndef HL_CORE_REPORT_REPORT_INSIDE_H
#define HL_CORE_REPORT_REPORT_INSIDE_H

#include "core/config/wording.h"
#include "core/report/report.h"
#include "store/digest.h"
#include "store/swap.h"

#define REPORT_DAY_MS (24 * 60 * 60 * INT64_C(1000))
#define REPORT_URGENCY 0 /* behind answers to people who wait for one */
#define DIGEST_SWAPS_MAX 64

/* What a digest tells of a stretch of time. */
struct digest {
	struct store_digest counts;
	char date[16], head[48]; /* head: of the audit chain */
	struct swap_row swaps[DIGEST_SWAPS_MAX];
	size_t swap_count;
};

/* Queues a text of the wording for one person, or for each of a role. Coordinators of a unit apart get no digest of the others. */
void report_text_to(struct core *core, const struct roster_person *p, const char *key, const struct wording_arg *args);
void report_text(struct core *core, enum roster_role role, const char *key, const struct wording_arg *args);

/* The digest of a stretch of time to the coordinators. Inside a turn. */
void digest_send(struct core *core, const char *key, int64_t from_ms, int64_t to_ms);

/* The same at length to one person, where they have a mail address and mails may tell more than codes. */
void digest_mail(struct core *core, const struct roster_person *p, const struct digest *d);

/* Drills that were not answered in time are told, once. */
void drill_tick(struct core *core);

#endif
