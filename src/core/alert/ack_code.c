#include "core/alert/ack_code.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/health/warn.h"
#include "store/alert_code.h"
#include "store/audit.h"
#include "vault/vault.h"

#define AGAIN_MOST 3        /* alerts that are sent again at once; the others get their new code with the next reminder */
#define SAME_CODE_TRIES 100 /* to find one that the person does not have */

_Static_assert(ACK_DIGITS_MAX + VAULT_AEAD_EXTRA <= ALERT_CODE_BODY, "a sealed code fits");

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

/* ---- looking for one ---------------------------------------------------------------------------------------------------------- */

struct search {
	struct core *core;
	const char *person, *digits;
	int64_t alert_id;
	size_t count;
};

static bool compare(void *arg, const struct alert_code_row *row)
{
	struct search *s = arg;
	char code[ACK_CODE_SIZE];
	size_t len = strlen(s->digits);

	s->count++;
	if (open_code(s->core, s->person, row, code) && strlen(code) == len && sodium_memcmp(code, s->digits, len) == 0)
		s->alert_id = row->alert_id;
	explicit_bzero(code, sizeof(code));
	return true; /* all of them: the time tells nothing */
}

static struct search search(struct core *core, const struct roster_person *person, const char *digits)
{
	struct search s = { core, person->name, digits, 0, 0 };

	store_alert_code_each(core->store, person->name, hl_wall_ms(core->clock) - ACK_AFTER_MS, compare, &s);
	return s;
}

int64_t ack_code_find(struct core *core, const struct roster_person *person, const char *digits)
{
	return search(core, person, digits).alert_id;
}

/* ---- making one --------------------------------------------------------------------------------------------------------------- */

static void tries_get(struct core *core, const char *person, struct ack_tries *t)
{
	struct alert_try_row row;

	store_alert_try_get(core->store, person, &row);
	*t = (struct ack_tries){ row.wrong, row.from_boot_ms };
}

/* One that the person does not have already: two alerts of a person never share one. */
static void make(struct core *core, const struct roster_person *person, char code[ACK_CODE_SIZE])
{
	struct ack_tries t;
	struct search s;

	tries_get(core, person->name, &t);
	s = search(core, person, "");
	for (int tries = 0; tries < SAME_CODE_TRIES; tries++) {
		size_t digits = ack_digits(&t, s.count, hl_boot_ms(core->clock));
		for (size_t i = 0; i < digits; i++)
			code[i] = (char)('0' + randombytes_uniform(10));
		code[digits] = '\0';
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
	store_alert_code_put(core->store, person, &row);
}

void ack_code_of(struct core *core, int64_t alert_id, const struct roster_person *person, char code[ACK_CODE_SIZE])
{
	struct alert_code_row row;

	if (store_alert_code_get(core->store, alert_id, person->name, &row) && open_code(core, person->name, &row, code))
		return;
	store_alert_code_forget(core->store, person->name, hl_wall_ms(core->clock) - ACK_AFTER_MS);
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
	store_alert_code_forget(core->store, person->name, INT64_MAX);
	alert_answer(core, person, "ack.guessed", "", 0);
	send_again(core, person);
	warn_operator(core, "sys.guessed", "acknowledgement", NULL);
}
