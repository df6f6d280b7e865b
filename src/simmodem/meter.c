#include "simmodem/meter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void meter_stored(struct meter *m, int64_t now_ns)
{
	if (m->stored++ == 0)
		m->first_stored_ns = now_ns;
	m->last_stored_ns = now_ns;
	for (int i = 0; i < m->tracks; i++) {
		struct meter_track *t = &m->track[i];
		if (t->count < METER_ARRIVALS_MAX)
			t->arrival[(t->first + t->count++) % METER_ARRIVALS_MAX] = now_ns;
	}
}

void meter_deleted(struct meter *m, int64_t stored_ns, int64_t now_ns)
{
	m->deleted++;
	m->last_deleted_ns = now_ns;
	histogram_add(&m->delete_us, (now_ns - stored_ns) / 1000);
}

void meter_submitted(struct meter *m, const char *to, int64_t now_ns)
{
	if (m->submitted++ == 0)
		m->first_submitted_ns = now_ns;
	m->last_submitted_ns = now_ns;
	for (int i = 0; i < m->tracks; i++) {
		struct meter_track *t = &m->track[i];
		if (t->count == 0 || strcmp(t->number, to) != 0)
			continue;
		histogram_add(&t->latency_us, (now_ns - t->arrival[t->first]) / 1000);
		t->first = (t->first + 1) % METER_ARRIVALS_MAX;
		t->count--;
	}
}

static void track_reset(struct meter_track *t)
{
	t->first = t->count = 0;
	memset(&t->latency_us, 0, sizeof(t->latency_us));
}

int meter_track_number(struct meter *m, const char *number)
{
	struct meter_track *t = NULL;

	for (int i = 0; i < m->tracks; i++)
		if (strcmp(m->track[i].number, number) == 0)
			t = &m->track[i];
	if (!t && m->tracks == METER_TRACKS_MAX)
		return HL_EFULL;
	if (!t) {
		t = &m->track[m->tracks++];
		t->arrival = hl_calloc(METER_ARRIVALS_MAX, sizeof(*t->arrival));
	}
	track_reset(t);
	return hl_strlcpy(t->number, sizeof(t->number), number);
}

void meter_reset(struct meter *m)
{
	m->stored = m->deleted = m->submitted = 0;
	m->first_stored_ns = m->last_stored_ns = m->last_deleted_ns = 0;
	m->first_submitted_ns = m->last_submitted_ns = 0;
	memset(&m->delete_us, 0, sizeof(m->delete_us));
	for (int i = 0; i < m->tracks; i++)
		track_reset(&m->track[i]);
}

void meter_free(struct meter *m)
{
	for (int i = 0; i < m->tracks; i++)
		free(m->track[i].arrival);
	m->tracks = 0;
}
