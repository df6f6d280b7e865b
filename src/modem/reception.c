#include "modem/reception.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/reading.h"
#include "modem/worker.h"

#define MEMORY_ERRORS_MAX 3
#define LIST_INSTEAD 4          /* so many announced texts are listed in one go */
#define PRESSURE_PERCENT 70     /* a memory this full is emptied before more is read */
#define TROUBLE_PAUSE_MS 1000   /* then twice as long each time, up to the sweep's own interval */
#define CMS_INVALID_INDEX 321
#define STATUS_UNREAD 0         /* <stat> of TS 27.005 3.1 in PDU mode */
#define STATUS_READ 1
#define STATUS_ALL 4

/* BM holds broadcasts, TA and others nothing for a person; MT is ME and SM together and would show each text twice. */
static const char *const memory_names[MEMORIES_MAX] = { "SM", "ME", "SR" };

static struct memory *memory_of(struct worker *w, int i)
{
	return &w->reception.memory[i];
}

static bool is_usable(const struct memory *m)
{
	return m->present && m->errors < MEMORY_ERRORS_MAX;
}

/* ---- memories -------------------------------------------------------------------------------------------------- */

void reception_forget_memories(struct worker *w)
{
	memset(w->reception.memory, 0, sizeof(w->reception.memory));
	w->reception.read_count = 0;
	w->reception.selected = -1;
}

int reception_add_memory(struct worker *w, const char *name)
{
	for (int i = 0; i < MEMORIES_MAX; i++) {
		if (strcmp(name, memory_names[i]) == 0) {
			w->reception.memory[i].present = true;
			return i;
		}
	}
	return -1;
}

void reception_other_sim(struct worker *w)
{
	struct held_table *t = &w->reception.held;

	for (struct held *h = NULL; (h = held_next(t, h)); ) {
		if (h->state == HELD_STORED || h->state == HELD_DOUBT)
			held_drop(t, h);
		else
			h->slot = HELD_NO_SLOT;
	}
}

/* ---- choosing the next job -------------------------------------------------------------------------------------- */

static bool under_pressure(struct worker *w, const struct held *h)
{
	const struct memory *m = memory_of(w, h->memory);

	return m->used * 100 >= m->total * PRESSURE_PERCENT;
}

static bool is_in_use(struct worker *w, const struct held *h)
{
	return h->slot != HELD_NO_SLOT && is_usable(memory_of(w, h->memory));
}

static struct held *find_stored(struct worker *w, bool pressure)
{
	struct held_table *t = &w->reception.held;

	for (struct held *h = NULL; (h = held_next(t, h)); )
		if (h->state == HELD_STORED && is_in_use(w, h) && (!pressure || under_pressure(w, h)))
			return h;
	return NULL;
}

static struct held *find_doubt(struct worker *w)
{
	struct held_table *t = &w->reception.held;

	for (struct held *h = NULL; (h = held_next(t, h)); )
		if (h->state == HELD_DOUBT && is_in_use(w, h))
			return h;
	return NULL;
}

static size_t reads_of(const struct reception *r, int memory)
{
	size_t n = 0;

	for (size_t i = 0; i < r->read_count; i++)
		n += r->reads[i].memory == memory;
	return n;
}

static void drop_reads(struct reception *r, int memory, int slot)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->read_count; i++)
		if (r->reads[i].memory != memory || (slot >= 0 && r->reads[i].slot != slot))
			r->reads[kept++] = r->reads[i];
	r->read_count = kept;
}

static void set_job(struct worker *w, enum reception_job job, int memory, int slot)
{
	w->reception.now.job = job;
	w->reception.now.memory = memory;
	w->reception.now.slot = slot;
	w->reception.now.all = false;
	w->reception.now.rows = 0;
}

/* A stored text: deleted, or first compared where its slot may hold another by now. */
static void choose_delete(struct worker *w, const struct held *h)
{
	bool sure = !h->verify && h->epoch == w->epoch;

	set_job(w, sure ? JOB_DELETE : JOB_READ, h->memory, h->slot);
	w->reception.now.ref = h->ref;
}

static bool choose_memory(struct worker *w)
{
	for (int i = 0; i < MEMORIES_MAX; i++) {
		const struct memory *m = memory_of(w, i);
		if (!is_usable(m))
			continue;
		if (m->count) {
			set_job(w, JOB_SELECT, i, -1);
			return true;
		}
		if (m->list_all || m->list_new) {
			set_job(w, JOB_LIST, i, -1);
			w->reception.now.all = m->list_all;
			return true;
		}
	}
	return false;
}

/* Reading comes before deleting, so that the core can be at work on one text while the next is read, unless the memory
 * fills up. */
static bool choose(struct worker *w)
{
	struct reception *r = &w->reception;
	const struct held *h;

	if (r->read_count == 0)
		r->singly = false;
	if (r->acks) {
		set_job(w, JOB_ACK, -1, -1);
	} else if ((h = find_stored(w, true))) {
		choose_delete(w, h);
	} else if (r->read_count) {
		int memory = r->reads[0].memory;
		if (!r->singly && reads_of(r, memory) >= LIST_INSTEAD) {
			memory_of(w, memory)->list_new = true;
			set_job(w, JOB_LIST, memory, -1);
		} else {
			set_job(w, JOB_READ, memory, r->reads[0].slot);
		}
	} else if (choose_memory(w)) {
		return true;
	} else if ((h = find_doubt(w))) {
		set_job(w, JOB_READ, h->memory, h->slot);
	} else if ((h = find_stored(w, false))) {
		choose_delete(w, h);
	} else {
		return false;
	}
	return true;
}

/* ---- doing it --------------------------------------------------------------------------------------------------- */

static void trouble(struct worker *w, const char *what)
{
	hl_log(HL_LOG_WARNING, "reception", "trouble at=%s", what);
	w->reception.trouble = true;
}

/* Trouble is looked after soon, not only at the next sweep. */
static void sweep_soon(struct worker *w)
{
	struct reception *r = &w->reception;
	int64_t max = w->welcome.sweep_s * 1000;

	r->trouble = false;
	worker_sweep_in(w, r->trouble_pause_ms < max ? r->trouble_pause_ms : max);
	if (r->trouble_pause_ms < max)
		r->trouble_pause_ms *= 2;
}

/* +CPMS: 3,50,3,50,3,50 to a setting; the name stands before each pair to a question. */
static void on_totals(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	struct memory *m = memory_of(w, w->reception.now.memory);
	unsigned first = at_field_int(line, 0, &m->used) ? 1 : 2;

	(void)pdu;
	if (first == 2 && !at_field_int(line, 1, &m->used))
		return;
	if (at_field_int(line, first, &m->total))
		w->reception.now.rows++;
	m->rows_due = m->used;
}

static void on_list_row(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	int slot, status, octets = -1;

	w->reception.now.rows++;
	if (!at_field_int(line, 0, &slot) || !at_field_int(line, 1, &status)) {
		worker_event(w, EVENT_RESTARTED, "the modem talks text mode: it has lost its settings");
		return;
	}
	at_field_int(line, at_field_count(line) - 1, &octets);
	if (status == STATUS_UNREAD || status == STATUS_READ) /* 2 and 3 are drafts and copies of what was sent */
		reading_take(w, w->reception.now.memory, slot, octets, pdu);
}

static void on_read_row(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	int status, octets = -1;

	w->reception.now.rows++;
	if (!at_field_int(line, 0, &status)) {
		worker_event(w, EVENT_RESTARTED, "the modem talks text mode: it has lost its settings");
		return;
	}
	at_field_int(line, at_field_count(line) - 1, &octets);
	if (status == STATUS_UNREAD || status == STATUS_READ)
		reading_take(w, w->reception.now.memory, w->reception.now.slot, octets, pdu);
	else
		reading_take_empty(w, w->reception.now.memory, w->reception.now.slot);
}

static void end_select(struct worker *w, const struct at_reply *reply)
{
	int memory = w->reception.now.memory;
	struct memory *m = memory_of(w, memory);

	if (reply->result == AT_OK && w->reception.now.rows) {
		m->errors = 0;
		w->reception.selected = memory;
		if (m->count)
			m->list_all = m->used > 0;
		m->count = false;
		return;
	}
	w->reception.selected = -1;
	if (++m->errors < MEMORY_ERRORS_MAX)
		return;
	hl_log(HL_LOG_NOTICE, "reception", "memory_left_alone name=%s code=%d", memory_names[memory], reply->code);
	drop_reads(&w->reception, memory, -1);
	if (strcmp(memory_names[memory], w->profile.store) == 0)
		trouble(w, "selecting");
}

/* Announced texts that the list did not show: noise ate their rows, or the modem takes them for read. */
static void drop_listed_reads(struct worker *w)
{
	struct reception *r = &w->reception;
	size_t kept = 0;

	for (size_t i = 0; i < r->read_count; i++) {
		bool before = i < r->now.reads && r->reads[i].memory == r->now.memory;
		if (before && held_find(&r->held, r->reads[i].memory, r->reads[i].slot))
			continue;
		r->singly = r->singly || before;
		r->reads[kept++] = r->reads[i];
	}
	r->read_count = kept;
}

static void end_list(struct worker *w, const struct at_reply *reply)
{
	struct memory *m = memory_of(w, w->reception.now.memory);

	m->list_new = false;
	drop_listed_reads(w);
	if (w->reception.now.all)
		m->list_all = false;
	if (reply->result != AT_OK || (w->reception.now.all && w->reception.now.rows < m->rows_due))
		trouble(w, "listing");
}

/* Something should lie there; if nothing was shown, noise may have eaten it: the sweep finds it. */
static void end_read(struct worker *w, const struct at_reply *reply)
{
	int memory = w->reception.now.memory, slot = w->reception.now.slot;
	struct held *h = held_find(&w->reception.held, memory, slot);

	if (w->reception.now.rows)
		return;
	if (!h || h->state != HELD_STORED)
		trouble(w, "reading");
	if (reply->result == AT_OK || (reply->error == AT_KIND_CMS && reply->code == CMS_INVALID_INDEX))
		reading_take_empty(w, memory, slot);
	else if (h && h->state != HELD_OFFERED)
		held_drop(&w->reception.held, h);
}

/* What could not be deleted is forgotten: the sweep shows it again, which proves what lies there, and the core knows it. */
static void end_delete(struct worker *w, const struct at_reply *reply)
{
	struct held *h = held_find_ref(&w->reception.held, w->reception.now.ref);
	struct memory *m = memory_of(w, w->reception.now.memory);

	if (h)
		held_drop(&w->reception.held, h);
	if (reply->result != AT_OK) {
		trouble(w, "deleting");
		return;
	}
	m->used -= m->used > 0;
	m->rows_due--;
}

static void on_done(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;
	enum reception_job job = w->reception.now.job;

	w->reception.now.job = JOB_NONE;
	if (worker_gave_up(w, reply, "reading its memory"))
		return;
	switch (job) {
	case JOB_SELECT:
		end_select(w, reply);
		break;
	case JOB_LIST:
		end_list(w, reply);
		break;
	case JOB_READ:
		end_read(w, reply);
		break;
	case JOB_DELETE:
		end_delete(w, reply);
		break;
	case JOB_ACK:
	case JOB_NONE:
		break;
	}
}

static void run(struct worker *w, struct at_command c, const char *text)
{
	c.timeout_ms = w->profile.list_ms;
	c.done = on_done;
	worker_command(w, c, "%s", text);
}

static void run_job(struct worker *w)
{
	struct reception *r = &w->reception;
	struct at_command c = { .timeout_ms = 0 };
	char text[AT_COMMAND_MAX];

	if (r->now.job == JOB_ACK) {
		r->acks--;
		run(w, c, "AT+CNMA");
		return;
	}
	if (r->now.job != JOB_SELECT && r->selected != r->now.memory)
		set_job(w, JOB_SELECT, r->now.memory, -1);
	switch (r->now.job) {
	case JOB_SELECT:
		c.expect = (struct at_expect){ .shape = AT_SHAPE_PREFIX, .prefix = "+CPMS:", .min_fields = 2 };
		c.info = on_totals;
		snprintf(text, sizeof(text), "AT+CPMS=\"%s\"", memory_names[r->now.memory]);
		break;
	case JOB_LIST:
		r->now.reads = r->read_count;
		c.expect = (struct at_expect){ .shape = AT_SHAPE_PDU, .prefix = "+CMGL:", .min_fields = 3 };
		c.info = on_list_row;
		snprintf(text, sizeof(text), "AT+CMGL=%d", r->now.all ? STATUS_ALL : STATUS_UNREAD);
		break;
	case JOB_READ:
		drop_reads(r, r->now.memory, r->now.slot);
		c.expect = (struct at_expect){ .shape = AT_SHAPE_PDU, .prefix = "+CMGR:", .min_fields = 2 };
		c.info = on_read_row;
		snprintf(text, sizeof(text), "AT+CMGR=%d", r->now.slot);
		break;
	case JOB_DELETE:
		drop_reads(r, r->now.memory, r->now.slot); /* until now they can only mean what lies there */
		snprintf(text, sizeof(text), "AT+CMGD=%d", r->now.slot);
		break;
	case JOB_ACK:
	case JOB_NONE:
		return;
	}
	run(w, c, text);
}

/* ---- sweeps ----------------------------------------------------------------------------------------------------- */

void reception_start_sweep(struct worker *w)
{
	struct reception *r = &w->reception;

	r->sweeping = true;
	r->round++;
	for (int i = 0; i < MEMORIES_MAX; i++) {
		r->memory[i].count = r->memory[i].present;
		r->memory[i].errors = 0;
	}
	worker_show_busy(w);
	worker_pump(w);
}

/* What the core has not answered, or put off, is offered again; what came directly lies nowhere else. */
static void offer_unanswered(struct worker *w)
{
	struct held_table *t = &w->reception.held;

	for (struct held *h = NULL; (h = held_next(t, h)); )
		if (h->state == HELD_OFFERED && h->round != w->reception.round)
			reading_offer(w, h);
}

static void count_memories(struct worker *w)
{
	for (int i = 0; i < MEMORIES_MAX; i++) {
		if (strcmp(memory_names[i], w->profile.store) == 0) {
			w->told.sim_used = memory_of(w, i)->used;
			w->told.sim_total = memory_of(w, i)->total;
		}
	}
	if (w->told.sim_total && w->told.sim_used == w->told.sim_total && w->reception.held.count == 0) {
		hl_log(HL_LOG_WARNING, "reception", "memory_full total=%lld", (long long)w->told.sim_total);
		hl_strlcpy(w->told.detail, sizeof(w->told.detail), "its memory is full of drafts and copies: delete them by hand");
	}
}

static void end_sweep(struct worker *w)
{
	struct reception *r = &w->reception;

	r->sweeping = false;
	offer_unanswered(w);
	count_memories(w);
	hl_log(HL_LOG_DEBUG, "reception", "swept round=%u held=%zu", r->round, r->held.count);
	worker_sweep_in(w, w->welcome.sweep_s * 1000);
	if (!r->trouble) {
		r->trouble_pause_ms = TROUBLE_PAUSE_MS;
		worker_swept(w);
	}
	worker_show_busy(w);
	worker_tell_soon(w);
}

static bool sweep_is_done(const struct reception *r)
{
	for (int i = 0; i < MEMORIES_MAX; i++)
		if (is_usable(&r->memory[i]) && (r->memory[i].count || r->memory[i].list_all))
			return false;
	return r->sweeping;
}

bool reception_next(struct worker *w)
{
	if (sweep_is_done(&w->reception))
		end_sweep(w);
	if (!choose(w)) {
		if (w->reception.trouble)
			sweep_soon(w);
		return false;
	}
	run_job(w);
	return true;
}

/* ---- what comes from outside ------------------------------------------------------------------------------------ */

void reception_announced(struct worker *w, const char *name, int slot)
{
	struct reception *r = &w->reception;
	int memory = reception_add_memory(w, name);

	if (memory < 0 || slot < 0 || r->read_count == READS_MAX) {
		if (memory >= 0)
			memory_of(w, memory)->list_all = true;
		else
			worker_sweep_in(w, 0); /* SIM7000G says "+CMTI: ,-1": T-SIM7600X issue 63 */
		worker_pump(w);
		return;
	}
	if (memory_of(w, memory)->used < memory_of(w, memory)->total)
		memory_of(w, memory)->used++;
	r->reads[r->read_count].memory = memory;
	r->reads[r->read_count].slot = slot;
	r->read_count++;
	worker_pump(w);
}

bool reception_is_announced(const struct worker *w, int memory, int slot)
{
	for (size_t i = 0; i < w->reception.read_count; i++)
		if (w->reception.reads[i].memory == memory && w->reception.reads[i].slot == slot)
			return true;
	return false;
}

void reception_direct(struct worker *w, const char *pdu)
{
	if (w->setup.needs_ack && w->reception.acks < READS_MAX)
		w->reception.acks++;
	reading_take_direct(w, pdu);
	worker_pump(w);
}

void reception_stored(struct worker *w, int64_t ref)
{
	struct held *h = held_find_ref(&w->reception.held, ref);

	if (!h)
		return;
	if (h->slot == HELD_NO_SLOT) {
		held_drop(&w->reception.held, h);
		return;
	}
	h->state = HELD_STORED;
	worker_pump(w);
}

void reception_offer_all(struct worker *w)
{
	struct held_table *t = &w->reception.held;

	for (struct held *h = NULL; (h = held_next(t, h)); )
		if (h->state == HELD_OFFERED)
			reading_offer(w, h);
}

void reception_stop(struct worker *w)
{
	struct reception *r = &w->reception;

	r->now.job = JOB_NONE;
	r->read_count = 0;
	r->acks = 0;
	r->sweeping = r->trouble = r->singly = false;
	r->selected = -1;
	for (int i = 0; i < MEMORIES_MAX; i++)
		r->memory[i].count = r->memory[i].list_all = r->memory[i].list_new = false;
}

void reception_init(struct worker *w)
{
	w->reception.selected = -1;
	w->reception.trouble_pause_ms = TROUBLE_PAUSE_MS;
}

void reception_free(struct worker *w)
{
	held_clear(&w->reception.held);
}
