/* The digest: one line to each coordinator, of yesterday or of last month. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/hex.h"
#include "core/case/case.h"
#include "core/people/units.h"
#include "core/report/report_inside.h"
#include "store/audit.h"
#include "store/digest.h"

#define HEAD_OCTETS 8 /* of the hash: enough to be noted and compared by a person */

struct words {
	char date[16], n1[24], n2[24], n3[24], n4[24], head[48];
};

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

void digest_send(struct core *core, const char *key, int64_t from_ms, int64_t to_ms)
{
	const struct unit *apart = unit_by_name(core->units, CASE_UNIT_APART);
	struct store_digest d;
	struct words w;
	const struct wording_arg args[] = { { "date", w.date }, { "n1", w.n1 }, { "n2", w.n2 }, { "n3", w.n3 }, { "n4", w.n4 },
		{ "head", w.head }, { NULL, NULL } };

	store_digest_read(core->store, apart ? apart->id : 0, from_ms, to_ms, &d);
	write_date(from_ms, to_ms - from_ms > 2 * REPORT_DAY_MS, w.date);
	write_head(core, w.head);
	snprintf(w.n1, sizeof(w.n1), "%" PRId64, d.opened);
	snprintf(w.n2, sizeof(w.n2), "%" PRId64, d.emergencies);
	snprintf(w.n3, sizeof(w.n3), "%" PRId64, d.waiting);
	snprintf(w.n4, sizeof(w.n4), "%" PRId64, d.closed);
	report_text(core, ROSTER_COORDINATOR, key, args);
}
