/* The digest at length, by mail: what does not fit into a line of text. Counts, times and names of colleagues; nothing of any case. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/case/case.h"
#include "core/duty/live.h"
#include "core/outbound/notice.h"
#include "core/report/report_inside.h"
#include "core/roster/local_time.h"
#include "store/swap.h"
#include "wire/link.h"

#define LINES_MOST 10 /* of gaps, and of swaps */

struct mail {
	struct core *core;
	enum wording_language lang;
	char text[WIRE_TEXT_MAX + 1];
	size_t len;
};

/* One more line; what has no room is left out whole. */
static void add(struct mail *m, const char *key, const struct wording_arg *args)
{
	size_t room = sizeof(m->text) - m->len;
	int n = room > 2 ? wording_render(m->core->wording, key, m->lang, args, m->text + m->len, room - 1) : 0;

	if (n <= 0) {
		m->text[m->len] = '\0';
		return;
	}
	m->len += strlen(m->text + m->len);
	m->text[m->len++] = '\n';
	m->text[m->len] = '\0';
}

static void write_count(char out[24], int64_t n)
{
	snprintf(out, 24, "%" PRId64, n);
}

static void add_counts(struct mail *m, const struct digest *d)
{
	char n[24], n1[24], n2[24], n3[24], n4[24];
	const struct wording_arg args[] = { { "n", n }, { "n1", n1 }, { "n2", n2 }, { "n3", n3 }, { "n4", n4 }, { NULL, NULL } };

	write_count(n1, d->counts.opened);
	write_count(n2, d->counts.emergencies);
	write_count(n4, d->counts.closed);
	add(m, "digest.cases", args);
	write_count(n, d->counts.waiting);
	write_count(n1, d->counts.open[0]);
	write_count(n2, d->counts.open[1]);
	write_count(n3, d->counts.open[2]);
	write_count(n4, d->counts.open[3]);
	add(m, "digest.open", args);
	write_count(n, d->counts.acknowledged);
	write_count(n1, (d->counts.ack_median_ms + 59999) / 60000);
	write_count(n2, (d->counts.ack_p90_ms + 59999) / 60000);
	add(m, "digest.ack", args);
}

/* Who is on duty where conflicts of interest go is nobody else's to know. */
static void add_gaps(struct mail *m)
{
	char from[17], to[17];
	struct wording_arg args[] = { { "who", "" }, { "from", from + 5 }, { "to", to + 5 }, { NULL, NULL } };
	size_t count, told = 0;
	const struct cover_span *c = roster_live_cover(m->core, &count);

	for (size_t i = 0; i < count && told < LINES_MOST; i++) {
		if (c[i].doubled || strcmp(c[i].unit, CASE_UNIT_APART) == 0)
			continue;
		args[0].value = c[i].unit;
		local_time_write(c[i].from_ms, from);
		local_time_write(c[i].to_ms, to);
		add(m, "digest.gap", args);
		told++;
	}
	if (told == 0)
		add(m, "digest.no_gap", NULL);
}

static void add_swaps(struct mail *m, const struct digest *d)
{
	char from[17], to[17];
	struct wording_arg args[] = { { "who", "" }, { "names", "" }, { "from", from + 5 }, { "to", to + 5 }, { NULL, NULL } };

	for (size_t i = 0; i < d->swap_count && i < LINES_MOST; i++) {
		if (strcmp(d->swaps[i].unit, CASE_UNIT_APART) == 0)
			continue;
		args[0].value = d->swaps[i].taker;
		args[1].value = d->swaps[i].asker;
		local_time_write(d->swaps[i].from_ms, from);
		local_time_write(d->swaps[i].to_ms, to);
		add(m, "digest.swap", args);
	}
}

void digest_mail(struct core *core, const struct roster_person *p, const struct digest *d)
{
	struct mail *m;
	char subject[WIRE_SUBJECT_MAX + 1];
	const struct wording_arg args[] = { { "date", d->date }, { "head", d->head }, { NULL, NULL } };
	struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_WARNING, .urgency = REPORT_URGENCY, .channel = CHANNEL_MAIL,
		.subject = subject, .modem = "" };

	if (!notice_can(core, p, CHANNEL_MAIL) || notice_tells(core, CHANNEL_MAIL) == NOTICE_CODE)
		return;
	m = hl_calloc(1, sizeof(*m));
	m->core = core;
	m->lang = WORDING_MN;
	wording_language_from_name(p->language, &m->lang);
	if (wording_render(core->wording, "digest.subject", m->lang, args, subject, sizeof(subject)) <= 0)
		hl_strlcpy(subject, sizeof(subject), d->date);
	add_counts(m, d);
	add_gaps(m);
	add_swaps(m, d);
	add(m, "digest.head", args);
	item.text = m->text;
	if (m->len)
		notice_add(core, p, &item, "");
	free(m);
}
