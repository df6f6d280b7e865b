/* The digest of yesterday or of last month: one line by text to each coordinator, and the details by mail (digest_mail.c). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hex.h"
#include "base/mem.h"
#include "core/case/case.h"
#include "core/people/units.h"
#include "core/report/report_inside.h"
#include "store/audit.h"

#define HEAD_OCTETS 8 /* of the hash: enough to be noted and compared by a person */

static void write_date(int64_t wall_ms, bool month, char out[16])
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	localtime_r(&t, &tm);
	if (!strftime(out, 16, month ? "%Y-%m" : "%m-%d", &tm))
		out[0] = '\0';
}

/* Entries and the first digits of the hash, as `hotlinectl audit verify --noted` takes them. */
static void write_head(struct core *core, char out[48])
{
	uint8_t hash[AUDIT_HASH];
	char hex[2 * HEAD_OCTETS + 1];
	int64_t rows = audit_head(core->store, hash);

	hl_hex_encode(hash, HEAD_OCTETS, hex);
	snprintf(out, 48, "%" PRId64 ":%s", rows, hex);
}

/* As `date` and counts of the wording's line. */
static void text_all(struct core *core, const char *key, const struct digest *d)
{
	char n[24], n1[24], n2[24], n3[24], n4[24];
	const struct wording_arg args[] = { { "date", d->date }, { "n", n }, { "n1", n1 }, { "n2", n2 }, { "n3", n3 }, { "n4", n4 },
		{ "head", d->head }, { NULL, NULL } };

	snprintf(n, sizeof(n), "%zu", d->swap_count);
	snprintf(n1, sizeof(n1), "%" PRId64, d->counts.opened);
	snprintf(n2, sizeof(n2), "%" PRId64, d->counts.emergencies);
	snprintf(n3, sizeof(n3), "%" PRId64, d->counts.waiting);
	snprintf(n4, sizeof(n4), "%" PRId64, d->counts.closed);
	report_text(core, ROSTER_COORDINATOR, key, args);
}

void digest_send(struct core *core, const char *key, int64_t from_ms, int64_t to_ms)
{
	const struct unit *apart = unit_by_name(core->units, CASE_UNIT_APART);
	struct digest *d = hl_calloc(1, sizeof(*d));

	store_digest_read(core->store, apart ? apart->id : 0, from_ms, to_ms, &d->counts);
	d->swap_count = store_swap_taken(core->store, from_ms, to_ms, d->swaps, DIGEST_SWAPS_MAX);
	write_date(from_ms, to_ms - from_ms > 2 * REPORT_DAY_MS, d->date);
	write_head(core, d->head);
	text_all(core, key, d);
	for (size_t i = 0; i < roster_count(core->roster); i++) {
		const struct roster_person *p = roster_person(core->roster, i);
		if (p->role == ROSTER_COORDINATOR && strcmp(p->unit, CASE_UNIT_APART) != 0)
			digest_mail(core, p, d);
	}
	free(d);
}
