/* Nobody answered, or nobody is there: the last means. The core starts no program; it writes a file, and a path unit of systemd does what
 * the house wants (systemd/hotline-siren.path). It says nothing but that, and how many. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "core/alert/alert_inside.h"
#include "core/outbound/texter.h"
#include "store/contact.h"

int64_t alert_exhausted_count(const struct core *core)
{
	return core->alerts->now.exhausted;
}

static void ring_fallback(struct core *core, const struct alert_row *a, const struct case_row *row)
{
	for (size_t i = 0; core->policies && i < core->policies->fallback.count; i++) {
		const struct roster_person *p = roster_find_name(core->roster, core->policies->fallback.list[i]);
		if (p && alert_is_for(core, row, p) && !alert_is_quiet(core, a, p))
			alert_ring_person(core, a, row, p, ALERT_TEXT_ESCALATION, ALERT_RING_OTHER_MODEM);
	}
}

/* Once for each case, and only where waiting may hurt. Advice never goes where somebody else may read it: the gate sees to that
 * when the text leaves. */
static void tell_texter(struct core *core, struct alert_row *a, const struct case_row *row)
{
	struct texter_text t = { .row = NULL, .purpose = OUTBOX_ADVICE, .key = "nobody.standard", .modem = "" };
	struct contact_row contact;

	if (!core->policies || !core->policies->tell_texter || a->urgency < TRIAGE_HIGH || store_alert_case_told(core->store, row->id) ||
		!contact_get(core->store, row->contact_id, &contact) || !contact.answerable)
		return;
	t.contact = &contact;
	a->told = true;
	store_alert_update(core->store, a);
	texter_send(core, &t);
}

void alert_exhaust(struct core *core, struct alert_row *a, const struct case_row *row)
{
	if (!a->exhausted) {
		a->exhausted = true;
		core->alerts->now.exhausted++;
		store_alert_update(core->store, a);
		alert_tell(core, "exhausted", a, row, "");
	}
	hl_log(HL_LOG_ERR, "alert", "nobody_answers case=%s step=%lld mend=\"answer it: hotlinectl alerts; look at the roster\"", row->code,
		(long long)a->step);
	ring_fallback(core, a, row);
	tell_texter(core, a, row);
}

/* ---- the siren --------------------------------------------------------------------------------------------------- */

static void write_siren(const char *path, int64_t count)
{
	char text[64];
	int len = snprintf(text, sizeof(text), "nobody answers: %lld\n", (long long)count);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
	bool bad = fd < 0 || write(fd, text, (size_t)len) != len;

	if (bad)
		hl_log(HL_LOG_ERR, "alert", "siren_file path=%s why=\"%s\" mend=\"see siren_file in alerts.conf\"", path, strerror(errno));
	if (fd >= 0)
		close(fd);
}

void alert_siren_sync(struct alerts *as)
{
	const char *path = as->core->policies ? as->core->policies->siren_file : "";
	bool on = as->sure.exhausted > 0;

	if (*path == '\0' || as->siren == (on ? SIREN_ON : SIREN_OFF))
		return;
	if (on)
		write_siren(path, as->sure.exhausted);
	else if (unlink(path) && errno != ENOENT)
		hl_log(HL_LOG_ERR, "alert", "siren_file path=%s why=\"%s\" mend=\"remove it\"", path, strerror(errno));
	as->siren = on ? SIREN_ON : SIREN_OFF;
}
