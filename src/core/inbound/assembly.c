#include "core/inbound/assembly.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/case/case.h"
#include "core/config/config.h"
#include "core/counters.h"
#include "core/turn.h"
#include "store/message.h"
#include "store/part.h"
#include "store/store.h"
#include "vault/vault.h"

struct assembly {
	struct core *core;
	struct process *process;
	struct event *timer; /* the set due first */
	bool changed;        /* sets changed in this turn: the timer may be wrong */
};

/* The parts that are there, in order, with gaps. */
struct joined {
	struct assembly *a;
	char *text;
	size_t len, room;
	int64_t next; /* seq that would leave no gap */
	int64_t have;
	bool damaged;
};

static struct vault_binding part_binding(int64_t set_id, int64_t seq, int64_t time_ms)
{
	return (struct vault_binding){ "part", set_id, seq, 0, time_ms };
}

bool assembly_is_part(const struct wire_inbound *msg)
{
	return msg->concat_width > 0 && msg->concat_total > 1 && msg->concat_seq > 0
		&& msg->concat_seq <= msg->concat_total;
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	assembly_run_due(arg);
}

static void timer_set(struct assembly *a, int64_t in_ms)
{
	struct timeval tv = { in_ms / 1000, (in_ms % 1000) * 1000 };

	evtimer_add(a->timer, &tv);
}

struct assembly *assembly_new(struct core *core, struct process *process)
{
	struct assembly *a = hl_calloc(1, sizeof(*a));
	int64_t now_ms = hl_boot_ms(core->clock);

	a->core = core;
	a->process = process;
	a->timer = evtimer_new(core->base, on_timer, a);
	turn_begin(core->turn);
	if (core->same_boot)
		part_set_clamp_due(core->store, now_ms + core->config->partial_after_s * 1000, now_ms + ASSEMBLY_KEEP_MS);
	else
		part_set_reset_due(core->store, now_ms + ASSEMBLY_KEEP_MS);
	turn_end(core->turn);
	a->changed = true;
	assembly_settle(a, 0);
	return a;
}

void assembly_free(struct assembly *a)
{
	if (!a)
		return;
	event_free(a->timer);
	free(a);
}

void assembly_settle(struct assembly *a, int err)
{
	struct part_set_row set;
	int64_t in_ms;

	if (!a->changed)
		return;
	a->changed = false;
	evtimer_del(a->timer);
	if (!part_set_first_due(a->core->store, &set))
		return;
	in_ms = set.due_boot_ms - hl_boot_ms(a->core->clock);
	if (in_ms < 0)
		in_ms = 0;
	timer_set(a, err && in_ms < ASSEMBLY_AGAIN_MS ? ASSEMBLY_AGAIN_MS : in_ms);
}

/* ---- joining ----------------------------------------------------------------------------------------------- */

static void joined_add(struct joined *j, const char *text, size_t len)
{
	if (j->len + len + 1 > j->room) {
		size_t room = 2 * (j->len + len + 1);
		char *grown = hl_calloc(room, 1);
		if (j->text) {
			memcpy(grown, j->text, j->len);
			explicit_bzero(j->text, j->len);
			free(j->text);
		}
		j->text = grown;
		j->room = room;
	}
	memcpy(j->text + j->len, text, len);
	j->len += len;
}

static void joined_wipe(struct joined *j)
{
	if (j->text)
		explicit_bzero(j->text, j->room);
	free(j->text);
}

static bool part_join(const struct part_row *part, void *arg)
{
	struct joined *j = arg;
	struct vault_binding b = part_binding(part->set_id, part->seq, part->time_ms);
	char text[WIRE_PART_MAX + 1];

	if (part->seq != j->next)
		joined_add(j, ASSEMBLY_GAP, strlen(ASSEMBLY_GAP));
	j->next = part->seq + 1;
	j->have++;
	j->damaged |= part->damaged;
	if (vault_transit_open(j->a->core->vault, &b, part->body, part->body_len, text, sizeof(text))) {
		hl_log(HL_LOG_ERR, "assembly", "unreadable_part what=\"shown as a gap\" mend=\"was transit.key replaced?\"");
		joined_add(j, ASSEMBLY_GAP, strlen(ASSEMBLY_GAP));
		j->damaged = true;
		return true;
	}
	joined_add(j, text, strlen(text));
	explicit_bzero(text, sizeof(text));
	return true;
}

static void set_join(struct assembly *a, const struct part_set_row *set, struct joined *j)
{
	*j = (struct joined){ .a = a, .next = 1 };
	part_each(a->core->store, set->id, part_join, j);
	if (j->next <= set->key.total)
		joined_add(j, ASSEMBLY_GAP, strlen(ASSEMBLY_GAP));
}

/* What process.c is to know of the set as it is now. */
static struct process_text set_text(const struct part_set_row *set, const struct joined *j,
	const struct process_text *from)
{
	struct process_text t = *from;

	t.text = j->text;
	t.len = j->len;
	t.damaged |= j->damaged;
	t.parts = set->key.total;
	t.parts_missing = set->key.total - j->have;
	t.case_id = set->case_id;
	t.announced = set->case_id != 0 && set->message_id == 0;
	t.contact_is_new = t.contact_is_new && set->case_id == 0;
	return t;
}

/* Whether the partial message can still be amended where people look: in an open case. */
static bool set_case_open(struct assembly *a, const struct part_set_row *set)
{
	struct case_row row;

	return cases_get(a->core->store, set->case_id, &row) && row.state != CASE_CLOSED;
}

/* Stores what is there, as a message of its own or in place of the partial one. A set that is complete has done its
 * work. */
static void set_store(struct assembly *a, struct part_set_row *set, const struct process_text *from)
{
	struct process_result result;
	struct message_row shown;
	struct process_text t;
	struct joined j;

	if (set->message_id && message_get(a->core->store, set->message_id, &shown))
		set->case_id = shown.case_id; /* people may have moved it */
	set_join(a, set, &j);
	t = set_text(set, &j, from);
	if (set->message_id && set_case_open(a, set))
		t.amends = set->message_id;
	result = process_store(a->process, &t);
	if (t.parts_missing == 0) {
		part_set_delete(a->core->store, set->id);
	} else {
		set->case_id = result.case_id;
		set->message_id = result.message_id;
		set->due_boot_ms = hl_boot_ms(a->core->clock) + ASSEMBLY_KEEP_MS;
		part_set_update(a->core->store, set);
	}
	joined_wipe(&j);
}

/* An incomplete set: whatever is there may be urgent already. */
static void set_triage(struct assembly *a, struct part_set_row *set, const struct process_text *from)
{
	struct process_text t;
	struct joined j;

	set_join(a, set, &j);
	t = set_text(set, &j, from);
	set->case_id = process_early(a->process, &t);
	part_set_update(a->core->store, set);
	joined_wipe(&j);
}

/* ---- parts ------------------------------------------------------------------------------------------------- */

enum place { PLACE_FREE, PLACE_SAME, PLACE_OTHER };

/* Whether the set lacks this part, has it, or has other words in its place. */
static enum place part_place(struct assembly *a, int64_t set_id, const struct wire_inbound *msg)
{
	uint8_t sealed[WIRE_PART_MAX + VAULT_AEAD_EXTRA];
	char text[WIRE_PART_MAX + 1];
	struct part_row part;
	struct vault_binding b;
	enum place place = PLACE_OTHER;
	size_t len;

	if (!part_get(a->core->store, set_id, msg->concat_seq, &part, sealed, sizeof(sealed), &len))
		return PLACE_FREE;
	b = part_binding(set_id, msg->concat_seq, part.time_ms);
	if (vault_transit_open(a->core->vault, &b, sealed, len, text, sizeof(text)) == 0 && strcmp(text, msg->text) == 0)
		place = PLACE_SAME;
	explicit_bzero(text, sizeof(text));
	return place;
}

static enum place set_for_part(struct assembly *a, const struct wire_inbound *msg, const struct part_key *key,
	struct part_set_row *set)
{
	int64_t ids[ASSEMBLY_SETS_MAX];
	size_t count = part_set_find(a->core->store, key, ids, ASSEMBLY_SETS_MAX);

	for (size_t i = 0; i < count; i++) {
		enum place place = part_place(a, ids[i], msg);
		if (place != PLACE_OTHER && part_set_get(a->core->store, ids[i], set))
			return place;
	}
	return PLACE_OTHER;
}

static void set_open(struct assembly *a, const struct wire_inbound *msg, const struct part_key *key, const char *modem,
	struct part_set_row *set)
{
	const struct core *core = a->core;

	*set = (struct part_set_row){ .key = *key, .first_ms = hl_wall_ms(core->clock),
		.due_boot_ms = hl_boot_ms(core->clock) + core->config->partial_after_s * 1000 };
	hl_strlcpy(set->modem, sizeof(set->modem), modem);
	part_set_insert(core->store, set);
	hl_log(HL_LOG_DEBUG, "assembly", "open set=%lld total=%lld", (long long)set->id, (long long)msg->concat_total);
}

static void part_keep(struct assembly *a, const struct part_set_row *set, const struct wire_inbound *msg)
{
	int64_t now_ms = hl_wall_ms(a->core->clock);
	struct vault_binding b = part_binding(set->id, msg->concat_seq, now_ms);
	uint8_t sealed[WIRE_PART_MAX + VAULT_AEAD_EXTRA];
	size_t len = vault_transit_seal(a->core->vault, &b, msg->text, strlen(msg->text), sealed);

	part_insert(a->core->store, &(struct part_row){ .set_id = set->id, .seq = msg->concat_seq, .time_ms = now_ms,
		.damaged = msg->damaged, .body = sealed, .body_len = len });
}

int64_t assembly_part(struct assembly *a, const struct wire_inbound *msg, const struct process_text *t)
{
	struct part_key key = { t->contact->id, msg->concat_width, msg->concat_ref, msg->concat_total };
	enum place place;
	struct part_set_row set;

	place = t->contact_is_new ? PLACE_OTHER : set_for_part(a, msg, &key, &set);
	if (place == PLACE_SAME) { /* the network sent it twice, with another time stamp */
		counter_add(a->core, COUNT_DUPLICATES, 1);
		return set.id;
	}
	if (place == PLACE_OTHER)
		set_open(a, msg, &key, t->modem, &set);
	a->changed = true;
	part_keep(a, &set, msg);
	counter_add(a->core, COUNT_PARTS, 1);
	set.have++;
	if (set.have == key.total || set.message_id)
		set_store(a, &set, t);
	else
		set_triage(a, &set, t);
	return set.id;
}

/* ---- deadlines --------------------------------------------------------------------------------------------- */

static void set_due(struct assembly *a, struct part_set_row *set)
{
	struct contact_row contact;

	if (set->message_id) { /* shown long ago; what it lacks will not come */
		part_set_delete(a->core->store, set->id);
		return;
	}
	if (!contact_get(a->core->store, set->key.contact_id, &contact))
		return;
	hl_log(HL_LOG_INFO, "assembly", "partial set=%lld have=%lld total=%lld", (long long)set->id, (long long)set->have,
		(long long)set->key.total);
	set_store(a, set, &(struct process_text){ .contact = &contact, .modem = set->modem, .sent_at = "" });
}

void assembly_run_due(struct assembly *a)
{
	struct core *core = a->core;
	struct part_set_row set;
	int64_t now_ms = hl_boot_ms(core->clock);

	a->changed = true; /* the timer ran out, whatever is found */
	turn_begin(core->turn);
	for (int i = 0; i < ASSEMBLY_DUE_MAX; i++) {
		if (!part_set_first_due(core->store, &set) || set.due_boot_ms > now_ms)
			break;
		set_due(a, &set);
		if (store_error(core->store))
			break;
	}
}
