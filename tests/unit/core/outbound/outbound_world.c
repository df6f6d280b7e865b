#include "cm.h"

#include "unit/core/outbound/outbound_world.h"

#include <string.h>

#include "base/mem.h"
#include "core/campaign/campaign.h"
#include "conf/conf.h"
#include "core/config/config.h"
#include "core/config/wording.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/link/links.h"
#include "core/turn.h"
#include "store/contact.h"
#include "store/store.h"
#include "store/unit.h"
#include "vault/vault.h"

struct world *world;
bool world_has_campaigns;

/* ---- what the core asks of the rooms that are not here ------------------------------------------------------------------- */

uint64_t links_session(const struct links *l, const char *name)
{
	(void)l;
	(void)name;
	return 1;
}

bool links_view(const struct links *l, size_t i, struct link_view *view)
{
	const struct world_link *k;

	(void)l;
	if (i >= world->link_count)
		return false;
	k = &world->links[i];
	*view = (struct link_view){ .name = k->name, .connected = k->connected, .ready = k->ready, .config = &k->config,
		.modem = &k->modem };
	return true;
}

bool links_program(const struct links *l, enum link_kind kind, struct link_view *view)
{
	(void)l;
	(void)kind;
	(void)view;
	return false;
}

static struct world_link *link_named(const char *name)
{
	for (size_t i = 0; i < world->link_count; i++)
		if (strcmp(world->links[i].name, name) == 0)
			return &world->links[i];
	return NULL;
}

static int64_t outcome_id(const struct wire_link_msg *m)
{
	return m->type == WIRE_SENT ? m->u.sent.id : m->u.failed.id;
}

static void forget_outcome(struct world_link *l, int64_t id)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->outcome_count; i++)
		if (outcome_id(&l->outcome[i]) != id)
			l->outcome[kept++] = l->outcome[i];
	l->outcome_count = kept;
}

int links_send(struct links *l, const char *name, const struct wire_link_msg *msg)
{
	struct world_link *k = link_named(name);

	(void)l;
	if (!k || !k->connected)
		return HL_ENOENT;
	world->sent_to_links++;
	if (msg->type == WIRE_SEND) {
		assert_true(k->held_count < WIRE_LINK_WINDOW); /* never more open than the window */
		for (size_t i = 0; i < k->held_count; i++)
			assert_int_not_equal(k->held[i].id, msg->u.send.id); /* never what it has */
		forget_outcome(k, msg->u.send.id);
		k->go[k->held_count] = false;
		k->held[k->held_count++] = msg->u.send;
		return 0;
	}
	if (msg->type == WIRE_FORGET) {
		k->forget = msg->u.id.id;
		return 0;
	}
	assert_int_equal(msg->type, WIRE_GO);
	for (size_t i = 0; i < k->held_count; i++) {
		if (k->held[i].id == msg->u.id.id) {
			/* The law: what a link may give to its modem is on disk as submitting. */
			assert_false(store_in_transaction(world->core.store));
			assert_int_equal(world_state(msg->u.id.id), OUTBOX_SUBMITTING);
			k->go[i] = true;
		}
	}
	return 0;
}

const char *control_actor(const struct control_call *call)
{
	(void)call;
	return "operator";
}

bool case_id_visible(struct core *core, const struct session *session, int64_t id)
{
	(void)core;
	(void)session;
	(void)id;
	return true;
}

bool session_is_stranger(const struct session *s)
{
	(void)s;
	return false;
}

bool control_watched(const struct core *core)
{
	(void)core;
	return false;
}

void control_event_for(struct core *core, int64_t unit_id, const char *event, json_t *body)
{
	(void)unit_id;
	control_event(core, event, body);
}

void control_event(struct core *core, const char *event, json_t *body)
{
	(void)core;
	(void)event;
	json_decref(body);
}

void control_ok(struct control_call *call, json_t *body)
{
	(void)call;
	json_decref(world->answer);
	world->answer = body;
}

void control_fail(struct control_call *call, int err, const char *fmt, ...)
{
	(void)call;
	(void)err;
	(void)fmt;
	json_decref(world->answer);
	world->answer = NULL;
}

/* ---- clocks, a disk that is full -------------------------------------------------------------------------------------------- */

static int64_t boot_ms(void *arg)
{
	(void)arg;
	return world->boot_ms;
}

static int64_t wall_ms(void *arg)
{
	(void)arg;
	return world->wall_ms;
}

static void maybe_fail(struct core *core)
{
	if (world->full)
		store_fail(core->store, HL_EFULL);
}

/* ---- opening and closing ----------------------------------------------------------------------------------------------------- */

void world_start(bool same_boot)
{
	static const struct turn_hooks failing = { maybe_fail, NULL, NULL };
	struct core *core = &world->core;
	struct hl_reason why;
	char path[256];

	assert_int_equal(store_open(scratch_path(&world->scratch, "db", path), &core->store, &why), 0);
	core->base = event_base_new();
	event_base_priority_init(core->base, TURN_PRIORITIES);
	core->same_boot = same_boot;
	core->counters = counters_new(core);
	core->turn = turn_new(core);
	turn_add_hooks(core->turn, &failing);
	core->alerts = alerts_new(core);
	if (world_has_campaigns)
		core->campaigns = campaigns_new(core);
	core->dispatch = dispatch_new(core);
	world_turn();
	core->links = (struct links *)world; /* only asked whether it is there */
}

void world_stop(void)
{
	struct core *core = &world->core;

	for (size_t i = 0; i < world->link_count; i++)
		world_link_break(&world->links[i]);
	core->links = NULL;
	world_turn();
	dispatch_free(core->dispatch);
	campaigns_free(core->campaigns);
	core->campaigns = NULL;
	alerts_free(core->alerts);
	turn_free(core->turn);
	counters_free(core->counters);
	store_close(core->store);
	event_base_free(core->base);
}

void world_restart(bool same_boot)
{
	bool ready[WORLD_LINKS];

	for (size_t i = 0; i < world->link_count; i++) {
		ready[i] = world->links[i].ready;
		/* Nothing is told of the break: the core has ended. */
		world->links[i].connected = world->links[i].ready = false;
	}
	world->core.links = NULL;
	world_stop();
	if (!same_boot)
		world->boot_ms = 1000; /* far below any deadline of the boot before */
	world_start(same_boot);
	for (size_t i = 0; i < world->link_count; i++)
		if (ready[i])
			world_link_connect(&world->links[i]);
}

static void load_roster(const char *text)
{
	static struct conf_errors e;
	char path[256];
	FILE *f = fopen(scratch_path(&world->scratch, "roster.conf", path), "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	world->core.roster = roster_load(path, "976", &e);
	assert_non_null(world->core.roster);
	world->core.wording = wording_load(HL_SRCDIR "/etc/wording", &e);
	assert_non_null(world->core.wording);
}

/* A contact and a unit, so that cases can be. */
static void populate(void)
{
	struct unit_row unit = { .name = "ATPU" };
	struct contact_row contact = { .answerable = true };
	uint8_t alias[CONTACT_ALIAS] = { 1 };

	store_begin(world->core.store);
	unit_row_insert(world->core.store, &unit);
	contact_insert(world->core.store, &contact, alias, (const uint8_t *)"x", 1, 1);
	assert_int_equal(store_commit(world->core.store), 0);
}

void world_setup(const char *roster)
{
	struct hl_reason why;
	char path[256], ring[256];

	world = hl_calloc(1, sizeof(*world));
	scratch_new(&world->scratch);
	world->boot_ms = INT64_C(50000000);
	world->wall_ms = INT64_C(1795336205000);
	world->clock = (struct hl_clock){ wall_ms, boot_ms, NULL };
	world->config = hl_calloc(1, sizeof(*world->config));
	hl_strlcpy(world->config->country, sizeof(world->config->country), "976");
	world->config->escalate_emergency_s = 120;
	world->config->escalate_high_s = 300;
	world->config->escalate_normal_s = 900;
	world->config->escalate_low_s = 3600;
	world->config->retry_first_s = 10;
	world->config->retry_most_s = 600;
	world->core.clock = &world->clock;
	world->core.config = world->config;
	assert_int_equal(store_create(scratch_path(&world->scratch, "db", path), &why), 0);
	assert_int_equal(vault_create_keys(world->scratch.dir, &why), 0);
	scratch_path(&world->scratch, "ring", ring);
	assert_int_equal(mkdir(ring, 0700), 0);
	assert_int_equal(vault_open(world->scratch.dir, ring, &world->core.vault, &why), 0);
	load_roster(roster);
	world_start(true);
	populate();
}

void world_end(void)
{
	world_stop();
	vault_close(world->core.vault);
	roster_free(world->core.roster);
	wording_free(world->core.wording);
	json_decref(world->answer);
	free(world->config);
	scratch_remove(&world->scratch);
	free(world);
	world = NULL;
}

static void tell_outcome(struct world_link *l, const struct wire_link_msg *m);

/* ---- links --------------------------------------------------------------------------------------------------------------------- */

struct world_link *world_link_add(const char *name, bool reserved)
{
	struct world_link *l = &world->links[world->link_count++];

	assert_true(world->link_count <= WORLD_LINKS);
	hl_strlcpy(l->name, sizeof(l->name), name);
	snprintf(l->modem.imsi, sizeof(l->modem.imsi), "42899000000000%zu", world->link_count);
	l->config.reserved = reserved;
	world_link_connect(l);
	return l;
}

static void forget(struct world_link *l, bool also_with_go)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->held_count; i++) {
		if (l->go[i] && !also_with_go) {
			l->held[kept] = l->held[i];
			l->go[kept++] = true;
		}
	}
	l->held_count = kept;
}

void world_link_break(struct world_link *l)
{
	bool was = l->ready;

	l->connected = l->ready = false;
	forget(l, false);
	if (was) {
		turn_begin(world->core.turn);
		dispatch_link_down(&world->core, l->name);
	}
}

void world_link_connect(struct world_link *l)
{
	struct wire_hello hello = { .version = 1, .kind = "modem" };

	forget(l, false);
	hl_strlcpy(hello.name, sizeof(hello.name), l->name);
	for (size_t i = 0; i < l->held_count; i++)
		hello.holding[hello.holding_count++] = l->held[i].id;
	l->connected = true;
	turn_begin(world->core.turn);
	dispatch_link_hello(&world->core, l->name, &hello);
	for (size_t i = 0; i < l->outcome_count; i++)
		tell_outcome(l, &l->outcome[i]);
	l->ready = true;
	dispatch_link_up(&world->core, l->name);
	world_turn();
}

void world_link_crash(struct world_link *l)
{
	world_link_break(l);
	forget(l, true);
	l->outcome_count = 0;
}

int world_turn(void)
{
	return turn_end(world->core.turn);
}

static void drop_held(struct world_link *l, size_t i)
{
	memmove(&l->held[i], &l->held[i + 1], (l->held_count - i - 1) * sizeof(l->held[0]));
	memmove(&l->go[i], &l->go[i + 1], (l->held_count - i - 1) * sizeof(l->go[0]));
	l->held_count--;
}

static void on_the_air(struct world_link *l, const struct wire_send *send)
{
	struct world_text *t = &world->air[world->air_count++];

	assert_true(world->air_count <= WORLD_TEXTS);
	l->mr = (l->mr + 1) % 256;
	hl_strlcpy(t->to, sizeof(t->to), send->to);
	hl_strlcpy(t->text, sizeof(t->text), send->text);
	hl_strlcpy(t->link, sizeof(t->link), l->name);
	t->id = send->id;
	t->mr = l->mr;
}

/* As links.c hands it on. */
static void tell_outcome(struct world_link *l, const struct wire_link_msg *m)
{
	struct core *core = &world->core;

	turn_begin(core->turn);
	if (m->type == WIRE_SENT)
		dispatch_sent(core, l->name, &m->u.sent);
	else if (m->type == WIRE_UNKNOWN)
		dispatch_unknown(core, l->name, &m->u.failed);
	else
		dispatch_failed(core, l->name, &m->u.failed);
}

static void keep_outcome(struct world_link *l, const struct wire_link_msg *m)
{
	if (l->outcome_count == WIRE_LINK_WINDOW)
		memmove(&l->outcome[0], &l->outcome[1], --l->outcome_count * sizeof(l->outcome[0]));
	l->outcome[l->outcome_count++] = *m;
}

static void outcome_of(const struct world_link *l, int64_t id, struct wire_link_msg *m)
{
	if (l->air == AIR_SENDS) {
		m->type = WIRE_SENT;
		m->u.sent = (struct wire_sent){ .id = id, .mrs = { l->mr }, .mrs_count = 1 };
		return;
	}
	m->type = l->air == AIR_LOSES_REPLY ? WIRE_UNKNOWN : WIRE_FAILED;
	m->u.failed = (struct wire_failed){ .id = id, .final = l->air == AIR_FAILS_FINALLY, .code = 41, .why = "pretended" };
}

void world_transmit(struct world_link *l)
{
	const struct wire_send send = l->held[0];
	struct wire_link_msg m;

	if (l->held_count == 0 || !l->go[0] || l->air == AIR_HANGS)
		return;
	drop_held(l, 0);
	if (l->air == AIR_SENDS || l->air == AIR_LOSES_REPLY)
		on_the_air(l, &send);
	outcome_of(l, send.id, &m);
	keep_outcome(l, &m);
	if (!l->connected)
		return;
	tell_outcome(l, &m);
	world_turn();
}

void world_submit(struct world_link *l)
{
	for (size_t i = 0; i < l->held_count; i++) {
		if (l->go[i])
			continue;
		turn_begin(world->core.turn);
		dispatch_submitting(&world->core, l->name, l->held[i].id);
		world_turn();
		return;
	}
}

void world_give_back(struct world_link *l)
{
	for (size_t i = 0; i < l->held_count; i++) {
		if (l->held[i].id != l->forget || l->go[i])
			continue;
		drop_held(l, i);
		turn_begin(world->core.turn);
		dispatch_released(&world->core, l->name, l->forget);
		world_turn();
		break;
	}
	l->forget = 0;
}

/* One thing of one link; false where it has nothing to say. */
static bool link_act(struct world_link *l)
{
	if (!l->connected || l->held_count == 0)
		return false;
	if (!l->go[0]) {
		world_submit(l);
		if (!l->forget)
			return l->go[0];
		world_give_back(l);
		return true;
	}
	if (l->air == AIR_HANGS)
		return false;
	world_transmit(l);
	return true;
}

void world_talk(void)
{
	bool acted = true;

	turn_begin(world->core.turn);
	world_turn();
	for (int i = 0; acted && i < 10000; i++) {
		acted = false;
		for (size_t k = 0; k < world->link_count; k++)
			acted |= link_act(&world->links[k]);
	}
	assert_false(acted);
}

void world_report(const struct world_text *t, int64_t status, const char *sent_at)
{
	struct wire_report r = { .mr = t->mr, .status = status };

	hl_strlcpy(r.imsi, sizeof(r.imsi), link_named(t->link)->modem.imsi);
	hl_strlcpy(r.sent_at, sizeof(r.sent_at), sent_at);
	hl_strlcpy(r.to, sizeof(r.to), t->to + 1); /* networks leave the plus away */
	turn_begin(world->core.turn);
	dispatch_report(&world->core, t->link, &r);
	world_turn();
}

void world_pass_s(int64_t seconds)
{
	world->boot_ms += seconds * 1000;
	world->wall_ms += seconds * 1000;
	turn_begin(world->core.turn);
	alert_run_due(&world->core);
	world_turn();
	world_talk();
}

/* ---- the rest ---------------------------------------------------------------------------------------------------------------- */

struct case_row world_case(enum triage_urgency urgency)
{
	struct case_row row = { .contact_id = 1, .unit_id = 1, .kind = TRIAGE_TIP, .exploitation = TRIAGE_EXPL_LABOUR,
		.urgency = (int)urgency, .district = "Bayanzurkh" };

	turn_begin(world->core.turn);
	assert_int_equal(case_open(&world->core, &row), 0);
	alert_raise(&world->core, &row);
	assert_int_equal(world_turn(), 0);
	return row;
}

bool world_command_at(const char *link, const char *number, const char *text)
{
	struct number from = { "" };
	bool done;

	hl_strlcpy(from.e164, sizeof(from.e164), number);
	turn_begin(world->core.turn);
	done = alert_command(&world->core, link, &from, text);
	world_turn();
	return done;
}

bool world_command(const char *number, const char *text)
{
	return world_command_at("m1", number, text);
}

void world_code(const char *number, const char *case_code, char code[WORLD_CODE])
{
	code[0] = '\0';
	for (size_t i = 0; i < world->air_count; i++) {
		const struct world_text *t = &world->air[i];
		const char *at = strstr(t->text, "OK ");
		if (strcmp(t->to, number) == 0 && strstr(t->text, case_code) && at && at[3] >= '0' && at[3] <= '9')
			hl_strlcpy(code, WORLD_CODE, at + 3);
	}
}

int64_t world_add(enum outbox_lane lane, enum outbox_purpose purpose, const char *to, const char *text, const char *modem)
{
	struct outbox_item item = { .lane = lane, .purpose = purpose, .recipient = "", .text = text, .report = false, .modem = modem,
		.contact_id = WORLD_CONTACT };
	int64_t id;

	hl_strlcpy(item.to.e164, sizeof(item.to.e164), to);
	turn_begin(world->core.turn);
	id = outbox_add(&world->core, &item);
	assert_true(id > 0);
	return id;
}

struct outbox_row world_row(int64_t id)
{
	struct outbox_row row;

	assert_true(store_outbox_get(world->core.store, id, &row));
	return row;
}

enum outbox_state world_state(int64_t id)
{
	return (enum outbox_state)world_row(id).state;
}

size_t world_heard(const char *to, const char *what)
{
	size_t n = 0;

	for (size_t i = 0; i < world->air_count; i++)
		n += strcmp(world->air[i].to, to) == 0 && strstr(world->air[i].text, what);
	return n;
}
