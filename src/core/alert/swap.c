#include "core/alert/swap.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/ack_rule.h"
#include "core/alert/swap_rule.h"
#include "core/control/control.h"
#include "core/duty/live.h"
#include "core/roster/local_time.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/swap.h"
#include "vault/vault.h"

#define DAY_MS (24 * 60 * 60 * INT64_C(1000))
#define ANSWER_MS DAY_MS                        /* to confirm; but no longer than until the shift begins */
#define ANSWER_LEAST_MS (60 * 60 * INT64_C(1000)) /* for one that has begun, or is about to */
#define CODES 1000000
#define CODE_SIZE 7
#define NAME_MOST 28 /* characters; wording_check.c measures with them */
#define OPEN_MOST 16 /* that one person is asked for at a time */

_Static_assert(SWAP_CODE_BODY >= CODE_SIZE + VAULT_AEAD_EXTRA, "a sealed code fits");

/* ---- words ------------------------------------------------------------------------------------------------------------- */

/* One of the texts about a swap to one person; other is whom it names. */
static void say(struct core *core, const char *key, const struct roster_person *to, const char *other, const struct swap_row *row,
	const char *code)
{
	char who[64], from[17], until[17];
	const struct wording_arg args[] = { { "who", who }, { "from", from + 5 }, { "to", until + 5 }, { "ack", code }, { NULL, NULL } };

	if (!to)
		return;
	hl_strlcpy(who, sizeof(who), other);
	alert_shorten(who, NAME_MOST);
	local_time_write(row->from_ms, from);
	local_time_write(row->to_ms, until);
	alert_answer_with(core, to, key, args, 0);
}

static void say_asker(struct core *core, const char *key, const struct swap_row *row)
{
	say(core, key, roster_find_name(core->roster, row->asker), row->taker, row, "");
}

static void say_taker(struct core *core, const char *key, const struct swap_row *row)
{
	say(core, key, roster_find_name(core->roster, row->taker), row->asker, row, "");
}

/* Names and times; never the code. */
static void record(struct core *core, const char *actor, const char *action, const struct swap_row *row)
{
	char from[17], to[17], detail[200];

	local_time_write(row->from_ms, from);
	local_time_write(row->to_ms, to);
	snprintf(detail, sizeof(detail), "%s to %s: %s instead of %s", from, to, row->taker, row->asker);
	audit_append(core->store, hl_wall_ms(core->clock), actor, action, row->rotation, detail);
	hl_log(HL_LOG_INFO, "roster", "%s asker=\"%s\" taker=\"%s\" rotation=\"%s\"", action, row->asker, row->taker, row->rotation);
}

static void end(struct core *core, const char *actor, const struct swap_row *row, enum swap_state state)
{
	static const char *const actions[] = { [SWAP_OPEN] = "swap.open", [SWAP_TAKEN] = "swap.take", [SWAP_DECLINED] = "swap.decline",
		[SWAP_EXPIRED] = "swap.expire", [SWAP_WITHDRAWN] = "swap.withdraw" };

	store_swap_end(core->store, row->id, state, hl_wall_ms(core->clock));
	record(core, actor, actions[state], row);
}

/* ---- the code ---------------------------------------------------------------------------------------------------------- */

static struct vault_binding binding_of(const struct swap_row *row, char name[96])
{
	snprintf(name, 96, "swap %s", row->taker);
	return (struct vault_binding){ .table = name, .row = 1, .time_ms = row->asked_ms };
}

static void make_code(struct core *core, struct swap_row *row, char code[CODE_SIZE])
{
	char name[96];
	struct vault_binding b = binding_of(row, name);

	snprintf(code, CODE_SIZE, "%06u", (unsigned)randombytes_uniform(CODES));
	row->code_len = vault_transit_seal(core->vault, &b, code, strlen(code), row->code);
}

static bool is_code(struct core *core, const struct swap_row *row, const char *digits)
{
	char name[96], code[CODE_SIZE];
	struct vault_binding b = binding_of(row, name);
	bool same = strlen(digits) == CODE_SIZE - 1 &&
		vault_transit_open(core->vault, &b, row->code, row->code_len, code, sizeof(code)) == 0 &&
		sodium_memcmp(code, digits, CODE_SIZE - 1) == 0;

	explicit_bzero(code, sizeof(code));
	return same;
}

/* ---- asking ------------------------------------------------------------------------------------------------------------ */

static int64_t expiry_of(const struct swap_row *row)
{
	int64_t end = row->asked_ms + ANSWER_MS < row->from_ms ? row->asked_ms + ANSWER_MS : row->from_ms;

	end = end > row->asked_ms + ANSWER_LEAST_MS ? end : row->asked_ms + ANSWER_LEAST_MS;
	return end < row->to_ms ? end : row->to_ms;
}

/* What was asked before is withdrawn: nobody gives one shift to two. */
static void withdraw(const struct asked *a)
{
	struct swap_row before;

	while (store_swap_of(a->core->store, a->person->name, &before)) {
		end(a->core, a->person->name, &before, SWAP_WITHDRAWN);
		say_taker(a->core, "swap.off", &before);
		if (store_error(a->core->store))
			return;
	}
}

static bool is_asked_already(const struct asked *a, const struct swap_row *row)
{
	struct swap_row before;

	return store_swap_of(a->core->store, a->person->name, &before) && strcmp(before.taker, row->taker) == 0 &&
		strcmp(before.rotation, row->rotation) == 0 && before.to_ms == row->to_ms;
}

static const char *put(const struct asked *a, const struct swap_wish *wish, const struct swap_shift *shift)
{
	struct core *core = a->core;
	struct swap_row row = { .asked_ms = hl_wall_ms(core->clock), .from_ms = shift->from_ms, .to_ms = shift->to_ms };
	struct swap_row others[OPEN_MOST];
	char code[CODE_SIZE];

	hl_strlcpy(row.asker, sizeof(row.asker), a->person->name);
	hl_strlcpy(row.taker, sizeof(row.taker), wish->taker->name);
	hl_strlcpy(row.unit, sizeof(row.unit), a->person->unit);
	hl_strlcpy(row.rotation, sizeof(row.rotation), roster_schedule(core->roster)->rotations[shift->rotation].name);
	if (is_asked_already(a, &row)) {
		alert_answer_idly(core, a->person, "swap.waits", NULL);
		return "asked already";
	}
	if (store_swap_count(core->store, a->person->name, row.asked_ms - DAY_MS) >= SWAP_ASKS_A_DAY ||
		store_swap_for(core->store, row.taker, others, OPEN_MOST) == OPEN_MOST) {
		alert_answer_idly(core, a->person, "swap.many", NULL);
		return "too many";
	}
	withdraw(a);
	store_swap_forget(core->store, row.asked_ms - ROSTER_LIVE_KEPT_MS);
	row.expires_ms = expiry_of(&row);
	make_code(core, &row, code);
	store_swap_insert(core->store, &row);
	record(core, a->person->name, "swap.ask", &row);
	say(core, "swap.ask", wish->taker, row.asker, &row, code);
	explicit_bzero(code, sizeof(code));
	say_asker(core, "swap.asked", &row);
	return "asked";
}

static const char *refuse(const struct asked *a, const char *key, const char *why)
{
	alert_answer_idly(a->core, a->person, key, NULL);
	return why;
}

const char *swap_ask(const struct asked *a, bool *done)
{
	static const struct { const char *key, *why; } verdicts[] = { [SWAP_NO_SHIFT] = { "swap.none", "no shift then" },
		[SWAP_PAST] = { "swap.past", "it is over" }, [SWAP_GAP] = { "swap.gap", "the colleague is on duty then" } };
	int64_t now = hl_wall_ms(a->core->clock);
	struct swap_wish wish;
	struct swap_shift shift;
	enum swap_verdict verdict;

	swap_wish_read(a->core->roster, a->person, a->command->name, now, &wish);
	/* where neither a colleague nor a time is in it, it may be a report */
	*done = !*a->command->name || wish.who != SWAP_WHO_NOBODY || wish.when != SWAP_WHEN_UNKNOWN;
	if (wish.when == SWAP_WHEN_UNKNOWN)
		return refuse(a, "swap.form", "not understood");
	if (wish.who != SWAP_WHO_FOUND)
		return refuse(a, "swap.who", wish.who == SWAP_WHO_SEVERAL ? "fits several" : "fits nobody");
	verdict = swap_decide(a->core->roster, a->person, &wish, now, &shift);
	if (verdict != SWAP_FITS)
		return refuse(a, verdicts[verdict].key, verdicts[verdict].why);
	return put(a, &wish, &shift);
}

/* ---- answering --------------------------------------------------------------------------------------------------------- */

static size_t rotation_named(const struct schedule *s, const struct swap_row *row)
{
	size_t i = 0;

	while (i < s->rotation_count && (strcmp(s->rotations[i].name, row->rotation) != 0 || strcmp(s->rotations[i].unit, row->unit) != 0))
		i++;
	return i;
}

static bool still_fits(const struct core *core, const struct roster_person *taker, const struct swap_row *row, struct swap_shift *shift)
{
	const struct roster_person *asker = roster_find_name(core->roster, row->asker);

	*shift = (struct swap_shift){ rotation_named(roster_schedule(core->roster), row), row->from_ms, row->to_ms, { .count = 0 } };
	return asker && shift->rotation < roster_schedule(core->roster)->rotation_count &&
		roster_override_count(core->store, hl_wall_ms(core->clock) - ROSTER_LIVE_KEPT_MS) < ROSTER_LIVE_OVERRIDES_MAX &&
		swap_decide_again(core->roster, asker, taker, hl_wall_ms(core->clock), shift) == SWAP_FITS;
}

static void write_override(struct core *core, const struct swap_row *row, const struct swap_shift *shift)
{
	struct roster_override_row *o = hl_calloc(1, sizeof(*o));
	size_t len = 0;

	o->made_ms = hl_wall_ms(core->clock);
	o->from_ms = shift->from_ms;
	o->to_ms = shift->to_ms;
	hl_strlcpy(o->rotation, sizeof(o->rotation), row->rotation);
	hl_strlcpy(o->unit, sizeof(o->unit), row->unit);
	hl_strlcpy(o->author, sizeof(o->author), row->asker);
	for (size_t i = 0; i < shift->people.count; i++)
		len += (size_t)snprintf(o->names + len, sizeof(o->names) - len, "%s%s", i ? "\n" : "",
			roster_person(core->roster, shift->people.list[i])->name);
	roster_override_insert(core->store, o);
	free(o);
	roster_live_overrides_changed(core);
	control_event(core, "roster", json_pack("{s:s}", "change", "override"));
}

static const char *take(const struct asked *a, struct swap_row *row)
{
	struct swap_shift shift;

	if (!still_fits(a->core, a->person, row, &shift)) {
		end(a->core, a->person->name, row, SWAP_WITHDRAWN);
		say_taker(a->core, "swap.stale", row);
		say_asker(a->core, "swap.stale", row);
		return "swap: fits no more";
	}
	row->from_ms = shift.from_ms;
	write_override(a->core, row, &shift);
	end(a->core, a->person->name, row, SWAP_TAKEN);
	say_taker(a->core, "swap.yours", row);
	say_asker(a->core, "swap.taken", row);
	return "swap: taken";
}

static const char *decline(const struct asked *a, const struct swap_row *row)
{
	end(a->core, a->person->name, row, SWAP_DECLINED);
	say_taker(a->core, "swap.no", row);
	say_asker(a->core, "swap.declined", row);
	return "swap: declined";
}

const char *swap_answer(const struct asked *a)
{
	struct swap_row rows[OPEN_MOST];
	size_t n = store_swap_for(a->core->store, a->person->name, rows, OPEN_MOST);
	enum alert_verb verb = a->command->verb;

	for (size_t i = 0; i < n && (verb == ALERT_VERB_OK || verb == ALERT_VERB_TAKE || verb == ALERT_VERB_BUSY); i++)
		if (rows[i].expires_ms > hl_wall_ms(a->core->clock) && is_code(a->core, &rows[i], a->command->code))
			return verb == ALERT_VERB_BUSY ? decline(a, &rows[i]) : take(a, &rows[i]);
	return NULL;
}

void swap_wrong(struct core *core, const struct roster_person *person)
{
	struct swap_row rows[OPEN_MOST];
	size_t n = store_swap_for(core->store, person->name, rows, OPEN_MOST);

	for (size_t i = 0; i < n; i++) {
		store_swap_wrong(core->store, rows[i].id, rows[i].wrong + 1);
		if (rows[i].wrong + 1 < ACK_TRIES)
			continue;
		end(core, "core", &rows[i], SWAP_WITHDRAWN);
		say_taker(core, "swap.off", &rows[i]);
		say_asker(core, "swap.over", &rows[i]);
	}
}

void swap_tick(struct core *core)
{
	struct swap_row row;

	while (store_swap_over(core->store, hl_wall_ms(core->clock), &row)) {
		turn_begin(core->turn);
		end(core, "core", &row, SWAP_EXPIRED);
		say_asker(core, "swap.over", &row);
		if (store_error(core->store))
			return;
	}
}
