#include "core/alert/ack_code.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/outbound/warn.h"
#include "store/alert_code.h"
#include "store/audit.h"
#include "vault/vault.h"

#define AGAIN_MOST 3        /* alerts that are sent again at once; the others get their new code with the next reminder */
#define SWEEP_EVERY_MS INT64_C(3600000)
#define SAME_CODE_TRIES 100 /* to find one that the person does not have */

_Static_assert(ACK_DIGITS_MAX + VAULT_AEAD_EXTRA <= ALERT_CODE_BODY, "a sealed code fits");
_Static_assert(VAULT_HASH == ALERT_CODE_HASH, "a hash of the vault's is a hash of the row");

/* Bound to its alert and person. */
static void bind_to(const struct alert_code_row *row, const char *person, char name[96], struct vault_binding *b)
{
	snprintf(name, 96, "ack %s", person);
	*b = (struct vault_binding){ .table = name, .row = row->alert_id, .time_ms = row->made_ms };
}

static bool open_code(struct core *core, const char *person, const struct alert_code_row *row, char code[ACK_CODE_SIZE])
{
	struct vault_binding b;
	char name[96];

	bind_to(row, person, name, &b);
	if (vault_transit_open(core->vault, &b, row->body, row->body_len, code, ACK_CODE_SIZE) == 0)
		return true;
	hl_log(HL_LOG_ERR, "alert", "ack_code_lost alert=%lld mend=\"the person gets a new one with the next reminder\"",
		(long long)row->alert_id);
	return false;
}

int64_t ack_code_find(struct core *core, const struct roster_person *person, const char *digits)
{
	uint8_t hash[VAULT_HASH];

	vault_ack_hash(core->vault, person->name, digits, hash);
	return store_alert_code_find(core->store, person->name, hash, hl_wall_ms(core->clock) - ACK_AFTER_MS);
}

/* ---- making one --------------------------------------------------------------------------------------------------------------- */

static void tries_get(struct core *core, const char *person, struct ack_tries *t)
{
	struct alert_try_row row;

	store_alert_try_get(core->store, person, &row);
	*t = (struct ack_tries){ row.wrong, row.from_boot_ms };
}

static struct alert_codes *codes_of(struct core *core, const struct roster_person *person)
{
	struct alert_codes *codes = &core->alerts->codes[roster_place(core->roster, person)];

	if (strcmp(codes->name, person->name) != 0) {
		hl_strlcpy(codes->name, sizeof(codes->name), person->name);
		codes->count = store_alert_code_count(core->store, person->name, ACK_COUNT_MOST);
	}
	return codes;
}

/* One that the person does not have already: two alerts of a person never share one. */
static void make(struct core *core, const struct roster_person *person, char code[ACK_CODE_SIZE])
{
	struct alert_codes *codes = codes_of(core, person);
	struct ack_tries t;
	size_t digits;

	tries_get(core, person->name, &t);
	digits = ack_digits(&t, codes->count++, hl_boot_ms(core->clock)); /* a turn that fails leaves it too high: longer codes */
	for (int tries = 0; tries < SAME_CODE_TRIES; tries++) {
		vault_digits_new(digits, code);
		if (!ack_code_find(core, person, code))
			return;
	}
}

static void keep(struct core *core, int64_t alert_id, const char *person, const char *code)
{
	struct alert_code_row row = { .alert_id = alert_id, .made_ms = hl_wall_ms(core->clock) };
	struct vault_binding b;
	char name[96];

	bind_to(&row, person, name, &b);
	row.body_len = vault_transit_seal(core->vault, &b, code, strlen(code), row.body);
	vault_ack_hash(core->vault, person, code, row.hash);
	store_alert_code_put(core->store, person, &row);
}

/* Those that are good no more would only make new ones longer. It reads every code, so not each time. */
static void sweep(struct core *core)
{
	struct alerts *as = core->alerts;
	int64_t now = hl_boot_ms(core->clock);

	if (as->codes_swept_ms && now - as->codes_swept_ms < SWEEP_EVERY_MS)
		return;
	as->codes_swept_ms = now;
	memset(as->codes, 0, sizeof(as->codes));
	store_alert_code_forget_until(core->store, hl_wall_ms(core->clock) - ACK_AFTER_MS);
}

void ack_code_of(struct core *core, int64_t alert_id, const struct roster_person *person, char code[ACK_CODE_SIZE])
{
	struct alert_code_row row;

	if (store_alert_code_get(core->store, alert_id, person->name, &row) && open_code(core, person->name, &row, code))
		return;
	sweep(core);
	make(core, person, code);
	keep(core, alert_id, person->name, code);
}

/* ---- a wrong one -------------------------------------------------------------------------------------------------------------- */

static void send_again(struct core *core, const struct roster_person *person)
{
	struct alert_row open[AGAIN_MOST];
	size_t n = store_alert_open_for(core->store, person->name, open, AGAIN_MOST);

	for (size_t i = 0; i < n; i++) {
		struct case_row row;
		if (case_find(core, open[i].case_id, &row) == 0 && alert_is_for(core, &row, person))
			alert_ring_person(core, &open[i], &row, person, ALERT_TEXT_REMINDER, ALERT_RING_FORCE | ALERT_RING_NOW);
	}
}

void ack_code_wrong(struct core *core, const struct roster_person *person)
{
	int64_t now = hl_boot_ms(core->clock);
	struct ack_tries t;
	bool too_many;

	tries_get(core, person->name, &t);
	too_many = ack_wrong(&t, now);
	store_alert_try_put(core->store, person->name, &(struct alert_try_row){ t.wrong, t.from_boot_ms });
	if (!too_many)
		return;
	hl_log(HL_LOG_WARNING, "alert", "codes_guessed person=\"%s\" mend=\"ask them whether they mistyped; their codes are longer now\"",
		person->name);
	audit_append(core->store, hl_wall_ms(core->clock), "core", "alert.guessed", "", person->name);
	store_alert_code_forget(core->store, person->name);
	codes_of(core, person)->count = 0;
	alert_answer(core, person, "ack.guessed", "", 0);
	send_again(core, person);
	warn_operator(core, "sys.guessed", "acknowledgement", NULL);
}
