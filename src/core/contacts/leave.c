#include "core/contacts/leave.h"

#include <string.h>

#include "base/mem.h"
#include "core/outbound/outbox_row.h"
#include "store/optout.h"
#include "store/outbox.h"

#define CANCEL_BATCH 16

static const char by_text[] = "text message";

/* Those that a link has already are asked about again before it sends (core/outbound/gate.h). */
static void take_back(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS])
{
	static const struct outbox_detail why = { .why = "opted out: not sent any more" };
	struct outbox_row rows[CANCEL_BATCH];
	size_t n;

	while ((n = store_outbox_campaign_unsent(core->store, alias, rows, CANCEL_BATCH)) > 0 && !store_error(core->store))
		for (size_t i = 0; i < n; i++)
			outbox_move(core, &rows[i], OUTBOX_EV_CANCEL, &why);
}

bool contacts_leave(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS], int64_t message_id)
{
	int64_t now_ms = hl_wall_ms(core->clock);
	bool newly = optout_add(core->store, alias, message_id, now_ms);
	struct subscriber_row row;

	if (subscriber_get_alias(core->store, alias, &row) && row.state != SUBSCRIBER_STOPPED) {
		row.state = SUBSCRIBER_STOPPED;
		row.number_len = 0;
		row.updated_ms = now_ms;
		subscriber_update(core->store, &row);
	}
	take_back(core, alias);
	return newly;
}

static void fill(struct subscriber_row *row, const struct contacts_joining *j, int64_t now_ms)
{
	memcpy(row->alias, j->alias, sizeof(row->alias));
	memcpy(row->number, j->number, j->number_len);
	row->number_len = j->number_len;
	row->state = SUBSCRIBER_ACTIVE;
	row->language = j->language;
	row->script = j->script;
	if (j->district[0])
		hl_strlcpy(row->district, sizeof(row->district), j->district);
	hl_strlcpy(row->source, sizeof(row->source), j->source ? j->source : by_text);
	row->consent_ms = row->updated_ms = now_ms;
	row->import_id = 0;
}

bool contacts_join(struct core *core, const struct contacts_joining *j)
{
	int64_t now_ms = hl_wall_ms(core->clock);
	struct subscriber_row row = { .joined_ms = now_ms };
	bool was_out = optout_remove(core->store, j->alias), known;

	if (j->number_len == 0 || j->number_len > sizeof(row.number))
		return false;
	known = subscriber_get_alias(core->store, j->alias, &row);
	fill(&row, j, now_ms);
	if (known)
		subscriber_update(core->store, &row);
	else
		subscriber_insert(core->store, &row);
	return was_out || !known;
}

/* ---- who is told ------------------------------------------------------------------------------------------- */

void contacts_add_hooks(struct core *core, const struct contacts_hooks *hooks)
{
	hooks_add(&core->contacts_hooks, hooks);
}

void contacts_tell_left(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS])
{
	for (size_t i = 0; i < core->contacts_hooks.count; i++) {
		const struct contacts_hooks *h = core->contacts_hooks.list[i];
		if (h->left)
			h->left(core, alias);
	}
}
