#include "core/health/health.h"
#include "core/inbound/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert.h"
#include "core/case/sealing.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/inbound/assembly.h"
#include "core/inbound/poison.h"
#include "core/inbound/process.h"
#include "core/inbound/sender.h"
#include "core/link/links.h"
#include "core/outbound/dispatch.h"
#include "core/outbound/warn.h"
#include "core/people/units.h"
#include "core/service/missed.h"
#include "core/turn.h"
#include "store/contact.h"
#include "store/inbound.h"
#include "store/quarantine.h"
#include "vault/vault.h"

#define QUARANTINE_WARN_MS (60 * 60 * 1000)
#define QUARANTINE_COUNTED 1000
#define CAREFUL_TEXTS 200 /* each in a turn of its own, after a turn that failed by our own fault */

struct intake {
	struct core *core;
	struct process *process;
	struct assembly *assembly;
	struct poison *poison;
	int careful;                 /* texts still to be taken one by one */
	const struct unit *owner;    /* of what could not be read */
	int64_t last_quarantine;
	int64_t warned_boot_ms;      /* when the operator was last told of it; 0: not in this run */
};

/* An answer that waits for the commit. */
struct answer {
	struct core *core;
	uint64_t session;
	int64_t ref;
	char link[WIRE_NAME_MAX + 1];
};

static void after_commit(struct core *core)
{
	assembly_settle(core->intake->assembly, 0);
}

/* Errors that come from without and pass; any other is in the text, or in us. */
static bool passes(int err)
{
	return err == HL_EFULL || err == HL_EIO || err == HL_EBUSY;
}

static void after_abort(struct core *core, int err)
{
	if (!passes(err))
		core->intake->careful = CAREFUL_TEXTS;
	core->intake->warned_boot_ms = 0; /* what was queued is gone: rather one warning more */
	assembly_settle(core->intake->assembly, err);
}

static const struct turn_hooks hooks = { NULL, after_commit, after_abort };

static int intake_guard(struct intake *in, struct hl_reason *reason)
{
	char path[sizeof(in->core->config->database) + 8];

	snprintf(path, sizeof(path), "%s-marks", in->core->config->database);
	return poison_open(path, &in->poison, reason);
}

struct intake *intake_new(struct core *core, struct hl_reason *reason)
{
	struct intake *in = hl_calloc(1, sizeof(*in));

	in->core = core;
	in->process = process_new(core, reason);
	if (!in->process || intake_guard(in, reason)) {
		intake_free(in);
		return NULL;
	}
	in->owner = unit_by_name(core->units, core->config->owner_default);
	in->last_quarantine = quarantine_last_id(core->store);
	if (!core->same_boot) {
		turn_begin(core->turn);
		contact_forget_receipts(core->store);
		missed_new_boot(core);
		turn_end(core->turn);
	}
	in->assembly = assembly_new(core, in->process);
	core->intake = in;
	intake_listen(core);
	turn_add_hooks(core->turn, &hooks);
	return in;
}

void intake_free(struct intake *in)
{
	if (!in)
		return;
	assembly_free(in->assembly);
	poison_close(in->poison);
	process_free(in->process);
	free(in);
}

struct process *intake_process(struct core *core)
{
	return core->intake->process;
}

void intake_run_due(struct core *core)
{
	assembly_run_due(core->intake->assembly);
}

static void on_turn_end(void *arg, int err)
{
	struct answer *a = arg;
	struct wire_link_msg msg = { .type = err ? WIRE_LATER : WIRE_STORED, .u.ref.ref = a->ref };

	links_answer(a->core->links, a->link, a->session, &msg);
	free(a);
}

static void answer_later(struct core *core, const char *link, int64_t ref)
{
	struct answer *a = hl_calloc(1, sizeof(*a));

	a->core = core;
	a->session = links_session(core->links, link);
	a->ref = ref;
	hl_strlcpy(a->link, sizeof(a->link), link);
	turn_reply(core->turn, on_turn_end, a);
}

/* True if this was stored before: an honest answer, and nothing else to do. */
static bool is_duplicate(struct core *core, const char *imsi, const void *pdu, size_t len, uint8_t hash[VAULT_HASH])
{
	vault_pdu_hash(core->vault, imsi, pdu, len, hash);
	if (!inbound_known(core->store, hash))
		return false;
	counter_add(core, COUNT_DUPLICATES, 1);
	return true;
}

/* ---- what links tell --------------------------------------------------------------------------------------- */

static void take_text(struct core *core, const char *link, const struct wire_inbound *msg, const struct sender *s,
	const uint8_t hash[VAULT_HASH])
{
	struct intake *in = core->intake;
	int64_t now_ms = hl_wall_ms(core->clock);
	struct contact_row contact;
	struct process_text t = { .contact = &contact, .from = &s->number, .modem = link, .text = msg->text,
		.len = strlen(msg->text), .sent_at = msg->sent_at, .damaged = msg->damaged, .parts = 1 };

	t.contact_is_new = sender_contact(core, s, &contact);
	if (assembly_is_part(msg)) {
		inbound_add(core->store, hash, INBOUND_PART, assembly_part(in->assembly, msg, &t), now_ms);
		return;
	}
	/* One of one is whole; any other place that makes no sense is damage, but its words are there. */
	t.damaged |= msg->concat_width > 0 && !(msg->concat_total == 1 && msg->concat_seq == 1);
	inbound_add(core->store, hash, INBOUND_MESSAGE, process_store(in->process, &t).message_id, now_ms);
}

static void quarantine_keep(struct core *core, const char *link, const struct wire_refused *msg,
	const uint8_t hash[VAULT_HASH])
{
	struct intake *in = core->intake;
	struct quarantine_row row = { .id = ++in->last_quarantine, .time_ms = hl_wall_ms(core->clock) };
	struct vault_binding b = { "quarantine", row.id, 0, 0, row.time_ms };
	struct sealing sealing;

	hl_strlcpy(row.modem, sizeof(row.modem), link);
	hl_strlcpy(row.reason, sizeof(row.reason), msg->reason);
	if (!sealing_make(core, &b, in->owner, msg->raw, strlen(msg->raw), &sealing)) {
		row.text = sealing_text(&sealing);
		quarantine_insert(core->store, &row);
		inbound_add(core->store, hash, INBOUND_QUARANTINE, row.id, row.time_ms);
	}
	sealing_free(&sealing);
}

/* At most once an hour, with how many nobody has looked at: a flood of binaries must not become a flood of warnings. */
static void quarantine_warn(struct core *core)
{
	struct intake *in = core->intake;
	int64_t now = hl_boot_ms(core->clock);
	char n[24];

	if (in->warned_boot_ms && now - in->warned_boot_ms < QUARANTINE_WARN_MS)
		return;
	snprintf(n, sizeof(n), "%lld", (long long)quarantine_unseen(core->store, QUARANTINE_COUNTED));
	in->warned_boot_ms = now;
	warn_operator(core, "sys.quarantine", "quarantine", (struct wording_arg[]){ { "n", n }, { NULL, NULL } });
}

static void quarantine_take(struct core *core, const char *link, const struct wire_refused *msg,
	const uint8_t hash[VAULT_HASH])
{
	json_t *body = json_object();

	quarantine_keep(core, link, msg, hash);
	counter_add(core, COUNT_QUARANTINED, 1);
	hl_log(HL_LOG_WARNING, "intake", "quarantined modem=%s reason=\"%s\"", link, msg->reason);
	json_object_set_new(body, "modem", json_string(link));
	json_object_set_new(body, "reason", json_string(msg->reason));
	control_event(core, "quarantine", body);
	quarantine_warn(core);
}

/* A text that ended the core, or that no transaction would take, is kept as it came. */
static void take_poison(struct core *core, const char *link, const struct wire_inbound *msg,
	const uint8_t hash[VAULT_HASH])
{
	struct wire_refused raw = { .reason = "processing it failed again and again: tell who maintains the program" };

	_Static_assert(2 * WIRE_PDU_MAX <= WIRE_RAW_MAX, "a PDU in hexadecimal fits");
	hl_hex_encode(msg->pdu, msg->pdu_len, raw.raw);
	quarantine_take(core, link, &raw, hash);
}

void intake_add_hooks(struct core *core, const struct intake_hooks *h)
{
	hooks_add(&core->intake_hooks, h);
}

static bool is_taken_above(struct core *core, const char *link, const struct sender *from, const char *text)
{
	for (size_t i = 0; i < core->intake_hooks.count; i++) {
		const struct intake_hooks *h = core->intake_hooks.list[i];
		if (h->takes && h->takes(core, link, from, text))
			return true;
	}
	return false;
}

static void take_inbound(struct core *core, const char *link, const struct wire_inbound *msg,
	const uint8_t hash[VAULT_HASH])
{
	struct sender s;

	sender_read(core, msg->from, msg->alphanumeric, &s);
	if (s.answerable && !assembly_is_part(msg) && alert_command(core, link, &s.number, msg->text)) {
		counter_add(core, COUNT_COMMANDS, 1);
		inbound_add(core->store, hash, INBOUND_COMMAND, 0, hl_wall_ms(core->clock));
	} else if (!assembly_is_part(msg) && core->health && health_take_loop(core, link, msg->text)) {
		inbound_add(core->store, hash, INBOUND_LOOP, 0, hl_wall_ms(core->clock));
	} else if (!assembly_is_part(msg) && !msg->damaged && is_taken_above(core, link, &s, msg->text)) {
		inbound_add(core->store, hash, INBOUND_MENU, 0, hl_wall_ms(core->clock));
	} else {
		take_text(core, link, msg, &s, hash);
	}
	explicit_bzero(&s, sizeof(s));
}

/* After a turn failed by our own fault, texts are taken one by one: whichever it was is found, and the others are
 * stored. */
static void end_alone(struct intake *in, const uint8_t hash[VAULT_HASH])
{
	int err = turn_end(in->core->turn);

	if (err && !passes(err))
		poison_blame(in->poison, hash);
	else if (!err)
		poison_acquit(in->poison, hash);
	in->careful -= !err;
}

void intake_inbound(struct core *core, const char *link, const struct wire_inbound *msg)
{
	struct intake *in = core->intake;
	bool alone = in->careful > 0;
	uint8_t hash[VAULT_HASH];

	if (alone)
		turn_end(core->turn);
	turn_begin(core->turn);
	answer_later(core, link, msg->ref);
	counter_add(core, COUNT_RECEIVED, 1);
	if (!is_duplicate(core, msg->imsi, msg->pdu, msg->pdu_len, hash)) {
		if (poison_is(in->poison, hash)) {
			take_poison(core, link, msg, hash);
		} else {
			poison_enter(in->poison, hash);
			take_inbound(core, link, msg, hash);
			poison_leave(in->poison);
		}
	}
	if (alone)
		end_alone(in, hash);
}

void intake_refused(struct core *core, const char *link, const struct wire_refused *msg)
{
	uint8_t hash[VAULT_HASH];

	turn_begin(core->turn);
	answer_later(core, link, msg->ref);
	counter_add(core, COUNT_RECEIVED, 1);
	if (is_duplicate(core, msg->imsi, msg->raw, strlen(msg->raw), hash))
		return;
	quarantine_take(core, link, msg, hash);
}

void intake_report(struct core *core, const char *link, const struct wire_report *msg)
{
	uint8_t hash[VAULT_HASH];

	turn_begin(core->turn);
	answer_later(core, link, msg->ref);
	if (is_duplicate(core, msg->imsi, msg->pdu, msg->pdu_len, hash))
		return;
	counter_add(core, COUNT_REPORTS, 1);
	inbound_add(core->store, hash, INBOUND_REPORT, 0, hl_wall_ms(core->clock));
	dispatch_report(core, link, msg);
}

void intake_call(struct core *core, const char *link, const struct wire_call *msg)
{
	uint8_t hash[VAULT_HASH];
	struct contact_row contact;
	struct sender s;

	turn_begin(core->turn);
	answer_later(core, link, msg->ref);
	if (is_duplicate(core, msg->imsi, msg->key, msg->key_len, hash))
		return;
	inbound_add(core->store, hash, INBOUND_CALL, 0, hl_wall_ms(core->clock));
	if (!msg->from[0]) {
		missed_call(core, link, NULL, NULL);
		return;
	}
	sender_read(core, msg->from, false, &s);
	sender_contact(core, &s, &contact);
	missed_call(core, link, &contact, &s.number);
	explicit_bzero(&s, sizeof(s));
}
