#include "core/outbound/outbox_row.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/outbound/backoff.h"
#include "core/outbound/outbound_hooks.h"
#include "vault/vault.h"
#include "wire/link.h"

#define CANCEL_BATCH 16
#define BINDING_DISCREET 2 /* in the place of the direction: the two forms of a text are not swapped */
#define RELEASED_WAIT_MS 500 /* before a text that was given back is handed out again, so that this cannot spin */

_Static_assert(STORE_ALIAS == VAULT_HASH, "an alias is a hash");
_Static_assert(STORE_NUMBER_MAX >= WIRE_ADDRESS_MAX + VAULT_AEAD_EXTRA && WIRE_ADDRESS_MAX >= NUMBER_MAX, "a sealed number fits");
_Static_assert(STORE_BODY_MAX >= OUTBOX_BODY_SIZE + VAULT_AEAD_EXTRA, "a sealed text fits");

struct ledger {
	int64_t last_id;
	int64_t counts[LANE_COUNT][OUTBOX_STATES];
};

struct outbox {
	struct ledger now, sure; /* with the open turn, and without it */
};

/* ---- what memory keeps ------------------------------------------------------------------------------------------- */

static void count_row(void *arg, int lane, int state, int64_t count)
{
	struct ledger *l = arg;

	if ((unsigned)lane < LANE_COUNT && (unsigned)state < OUTBOX_STATES)
		l->counts[lane][state] += count;
}

struct outbox *outbox_new(struct core *core)
{
	struct outbox *o = hl_calloc(1, sizeof(*o));

	o->now.last_id = store_outbox_max_id(core->store);
	store_outbox_count(core->store, count_row, &o->now);
	o->sure = o->now;
	return o;
}

void outbox_free(struct outbox *o)
{
	free(o);
}

void outbox_settle(struct outbox *o, int err)
{
	if (err)
		o->now = o->sure;
	else
		o->sure = o->now;
}

int64_t outbox_count(const struct outbox *o, enum outbox_lane lane, enum outbox_state state)
{
	return o->now.counts[lane][state];
}

static void count_move(struct core *core, int lane, int from, int to)
{
	struct ledger *l = &core->outbox->now;

	l->counts[lane][from]--;
	l->counts[lane][to]++;
}

void outbox_forget(struct core *core, int lane, int state)
{
	if ((unsigned)lane < LANE_COUNT && (unsigned)state < OUTBOX_STATES)
		core->outbox->now.counts[lane][state]--;
}

/* ---- queueing ---------------------------------------------------------------------------------------------------- */

static struct vault_binding binding_of(const struct outbox_row *row)
{
	return (struct vault_binding){ .table = "outbox", .row = row->id, .case_id = row->case_id, .direction = 1,
		.time_ms = row->created_ms };
}

static void fill_row(struct core *core, struct outbox_row *row, const struct outbox_item *item)
{
	*row = (struct outbox_row){ .lane = (int)item->lane, .channel = (int)item->channel, .purpose = (int)item->purpose, .state = OUTBOX_QUEUED,
		.urgency = item->urgency,
		.case_id = item->case_id, .alert_id = item->alert_id, .contact_id = item->contact_id, .report = item->report,
		.place = item->place, .campaign_id = item->campaign_id, .subscriber_id = item->subscriber_id,
		.not_before_boot_ms = hl_boot_ms(core->clock) };
	row->created_ms = row->updated_ms = hl_wall_ms(core->clock);
	hl_strlcpy(row->recipient, sizeof(row->recipient), item->recipient ? item->recipient : "");
	hl_strlcpy(row->modem, sizeof(row->modem), item->modem ? item->modem : "");
}

/* A text as it is, a mail's and webhook's with its subject before it. Returns its length, 0 where there is none or too much. */
static size_t body_of(const struct outbox_item *item, char body[OUTBOX_BODY_SIZE])
{
	size_t len = strlen(item->text), subject_len = item->subject ? strlen(item->subject) : 0;

	if (len == 0 || len > WIRE_TEXT_MAX || subject_len > WIRE_SUBJECT_MAX)
		return 0;
	if (item->channel == CHANNEL_SMS) {
		memcpy(body, item->text, len);
		return len;
	}
	for (size_t i = 0; i < subject_len; i++) /* wording may have several lines */
		body[i] = item->subject[i] == '\n' || item->subject[i] == '\r' ? ' ' : item->subject[i];
	body[subject_len++] = '\n';
	memcpy(body + subject_len, item->text, len);
	return subject_len + len;
}

int64_t outbox_add(struct core *core, const struct outbox_item *item)
{
	const char *to = item->channel == CHANNEL_SMS ? item->to.e164 : item->address ? item->address : "";
	char body[OUTBOX_BODY_SIZE];
	struct ledger *l = &core->outbox->now;
	struct outbox_row row;
	struct vault_binding b;
	struct outbox_sealed sealed;
	int operator;
	size_t len = body_of(item, body), discreet_len = item->discreet ? strlen(item->discreet) : 0;

	assert((unsigned)item->lane < LANE_COUNT && (unsigned)item->purpose < OUTBOX_PURPOSES);
	assert((unsigned)item->channel < CHANNEL_COUNT && (!discreet_len || item->channel == CHANNEL_SMS));
	if (len == 0 || discreet_len > WIRE_TEXT_MAX || !*to || strlen(to) > WIRE_ADDRESS_MAX) {
		store_fail(core->store, HL_ERANGE);
		return HL_ERANGE;
	}
	fill_row(core, &row, item);
	row.id = ++l->last_id;
	operator = item->channel == CHANNEL_SMS ? operator_of_number(core->config, to) : OPERATOR_NONE;
	if (operator != OPERATOR_NONE)
		hl_strlcpy(row.operator_name, sizeof(row.operator_name), core->config->operators[operator].name);
	b = binding_of(&row);
	vault_alias(core->vault, to, sealed.alias);
	sealed.number_len = vault_number_seal(core->vault, sealed.alias, to, sealed.number);
	sealed.body_len = vault_transit_seal(core->vault, &b, body, len, sealed.body);
	sodium_memzero(body, sizeof(body));
	b.direction = BINDING_DISCREET;
	sealed.discreet_len = discreet_len ? vault_transit_seal(core->vault, &b, item->discreet, discreet_len, sealed.discreet) : 0;
	store_outbox_insert(core->store, &row, &sealed);
	l->counts[item->lane][OUTBOX_QUEUED]++;
	return store_error(core->store) ? store_error(core->store) : row.id;
}

/* ---- moving ------------------------------------------------------------------------------------------------------ */

static void wait_again(struct core *core, struct outbox_row *row)
{
	const struct config *c = core->config;

	row->not_before_boot_ms = hl_boot_ms(core->clock) +
		backoff_ms(row->attempts, c->retry_first_s, c->retry_most_s, randombytes_random());
}

static const char taken[] = "somebody has the alert: not sent any more";

/* A text that goes back into the queue: when it is due, and whether it can still be sent at all. Returns its state. */
static int requeue(struct core *core, struct outbox_row *row, enum outbox_event event)
{
	if (!row->has_body) {
		bool alert = row->purpose == OUTBOX_ALERT;
		hl_strlcpy(row->why, sizeof(row->why), alert ? taken : "not sent, and its text was erased already");
		return alert ? OUTBOX_CANCELLED : OUTBOX_FAILED;
	}
	if (event == OUTBOX_EV_RELEASED)
		row->not_before_boot_ms = hl_boot_ms(core->clock) + RELEASED_WAIT_MS;
	if (event != OUTBOX_EV_FAILED && event != OUTBOX_EV_UNKNOWN)
		return OUTBOX_QUEUED;
	if (++row->attempts >= OUTBOX_ATTEMPTS_MAX)
		return OUTBOX_FAILED;
	if (event == OUTBOX_EV_UNKNOWN && row->attempts == 1) /* the reply was lost once: an alert does not wait for that */
		row->not_before_boot_ms = hl_boot_ms(core->clock);
	else
		wait_again(core, row);
	return OUTBOX_QUEUED;
}

static void keep_parts(struct core *core, const struct outbox_row *row, const struct outbox_detail *d)
{
	if (!row->report || !d->imsi || !d->imsi[0])
		return; /* no report will come, or none could be matched */
	for (size_t i = 0; i < d->mrs_count; i++)
		store_outbox_part_set(core->store, row->id, (int64_t)i + 1, d->imsi, d->mrs[i], row->updated_ms);
}

static void tell_move(const struct outbox_row *row, int from)
{
	bool bad = row->state == OUTBOX_FAILED || row->state == OUTBOX_UNKNOWN || row->state == OUTBOX_UNDELIVERED;

	hl_log(bad ? HL_LOG_NOTICE : HL_LOG_DEBUG, "outbox", "moved id=%lld channel=%s purpose=%s from=%s to=%s modem=%s "
		"attempts=%lld code=%lld why=\"%s\"", (long long)row->id, outbox_channel_name((enum outbox_channel)row->channel),
		outbox_purpose_name((enum outbox_purpose)row->purpose),
		outbox_state_name((enum outbox_state)from), outbox_state_name((enum outbox_state)row->state), row->modem,
		(long long)row->attempts, (long long)row->code, row->why);
}

/* One that is repeated may be lost all the same; where a channel stands in an order, a failure for now is one. */
static void tell_above(struct core *core, const struct outbox_row *row, enum outbox_event event)
{
	enum outbox_state told = (enum outbox_state)row->state;

	if (event == OUTBOX_EV_UNKNOWN)
		told = OUTBOX_UNKNOWN;
	else if (event == OUTBOX_EV_FAILED && row->place)
		told = OUTBOX_FAILED;
	outbound_tell_changed(core, row, told);
}

int outbox_move(struct core *core, struct outbox_row *row, enum outbox_event event, const struct outbox_detail *detail)
{
	static const struct outbox_detail nothing = { 0, NULL, NULL, NULL, 0 };
	int from = row->state;
	/* A mail and a webhook never go to the public, and their key tells a repeat from a second one. */
	bool repeat = row->purpose == OUTBOX_ALERT || row->channel != CHANNEL_SMS;
	int next = outbox_next((enum outbox_state)from, event, repeat);

	if (next == OUTBOX_IGNORE)
		return next;
	if (!detail)
		detail = &nothing;
	row->code = detail->code;
	hl_strlcpy(row->why, sizeof(row->why), detail->why ? detail->why : "");
	if (next == OUTBOX_QUEUED)
		next = requeue(core, row, event);
	row->state = next;
	row->updated_ms = hl_wall_ms(core->clock);
	store_outbox_update(core->store, row, outbox_is_over((enum outbox_state)next));
	count_move(core, row->lane, from, next);
	if (next == OUTBOX_SENT)
		keep_parts(core, row, detail);
	tell_move(row, from);
	tell_above(core, row, event);
	return next;
}

void outbox_cancel_alert(struct core *core, int64_t alert_id)
{
	static const struct outbox_detail why = { .why = taken };
	struct outbox_row rows[CANCEL_BATCH];
	size_t n;

	while ((n = store_outbox_alert_unsent(core->store, alert_id, rows, CANCEL_BATCH)) > 0 && !store_error(core->store))
		for (size_t i = 0; i < n; i++)
			if (outbox_move(core, &rows[i], OUTBOX_EV_CANCEL, &why) == OUTBOX_IGNORE)
				store_outbox_update(core->store, &rows[i], true); /* a link has it */
}

void outbox_lease(struct core *core, const struct outbox_row *row, const char *modem)
{
	int next = outbox_next(OUTBOX_QUEUED, OUTBOX_EV_LEASE, false);

	store_outbox_lease(core->store, row->id, next, modem, hl_wall_ms(core->clock));
	count_move(core, row->lane, OUTBOX_QUEUED, next);
}

void outbox_hold(struct core *core, const struct outbox_row *row, int64_t wait_ms, const char *why)
{
	store_outbox_hold(core->store, row->id, hl_boot_ms(core->clock) + wait_ms, why);
}

int outbox_open(struct core *core, const struct outbox_row *row, bool discreet, char to[OUTBOX_ADDRESS_SIZE], char *text,
	size_t size)
{
	struct outbox_sealed sealed;
	struct vault_binding b = binding_of(row);
	int err;

	if (!store_outbox_get_sealed(core->store, row->id, &sealed) || !sealed.number_len || !sealed.body_len ||
		(discreet && !sealed.discreet_len))
		return HL_ENOENT;
	err = vault_number_open(core->vault, sealed.alias, sealed.number, sealed.number_len, to, OUTBOX_ADDRESS_SIZE);
	if (err < 0)
		return err;
	if (discreet)
		b.direction = BINDING_DISCREET;
	err = discreet ? vault_transit_open(core->vault, &b, sealed.discreet, sealed.discreet_len, text, size) :
		vault_transit_open(core->vault, &b, sealed.body, sealed.body_len, text, size);
	return err < 0 ? err : 0;
}
