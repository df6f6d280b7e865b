#include "modem/reception.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/reading.h"
#include "modem/reception_job.h"
#include "modem/worker.h"

#define LIST_INSTEAD 4          /* so many announced texts are listed in one go */
#define PRESSURE_PERCENT 70     /* a memory this full is emptied before more is read */
#define TROUBLE_PAUSE_MS 1000   /* then twice as long each time, up to the next */
#define TROUBLE_PAUSE_SOON_MS 2000
#define TROUBLES_SOON 16        /* so often; then twice as long each time again, up to the sweep's own interval */

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
		if (strcmp(name, reception_memory_names[i]) == 0) {
			w->reception.memory[i].present = true;
			return i;
		}
	}
	return -1;
}

void reception_other_sim(struct worker *w)
{
	struct held_table *t = &w->reception.held;

	deadly_clear(&w->reception.deadly);
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

/* Where the modem deletes all parts of a text with one, none goes before all are safe; what never becomes whole goes when room is
 * wanted. */
static bool may_go(struct worker *w, const struct held *h)
{
	return w->profile.deletes == PROFILE_DELETES_SLOT || held_set_is_stored(&w->reception.held, h) || under_pressure(w, h);
}

static bool is_in_use(struct worker *w, const struct held *h)
{
	return h->slot != HELD_NO_SLOT && is_usable(memory_of(w, h->memory));
}

static struct held *find_stored(struct worker *w, bool pressure)
{
	struct held_table *t = &w->reception.held;

	for (struct held *h = NULL; (h = held_next(t, h)); )
		if (h->state == HELD_STORED && is_in_use(w, h) && may_go(w, h) && (!pressure || under_pressure(w, h)))
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

/* A stored text: deleted, or first compared where its slot may hold another by now: the modem began another life, or the core
 * took longer than the modem may for an answer, so that it may have done so, or got another SIM, without a word. */
static void choose_delete(struct worker *w, const struct held *h)
{
	bool sure = h->epoch == w->epoch && hl_boot_ms(&hl_clock_system) - h->seen_ms < w->profile.command_ms;

	reception_set_job(w, sure ? JOB_DELETE : JOB_READ, h->memory, h->slot);
	w->reception.now.ref = h->ref;
}

/* What the modem fails at is left out: no list, and not that slot. */
static void avoid_deadly(struct worker *w, int i)
{
	const struct deadly *d = &w->reception.deadly;
	struct memory *m = memory_of(w, i);

	if ((m->list_all || m->list_new) && (deadly_is(d, i, DEADLY_LIST) || deadly_slot(d, i) >= 0)) {
		m->list_all = m->list_new = false;
		m->scan = true;
		m->scan_slot = 0;
	}
	while (m->scan && deadly_is(d, i, m->scan_slot)) {
		m->scan = m->scan_slot < m->total;
		m->scan_slot++;
	}
}

static bool choose_memory(struct worker *w)
{
	for (int i = 0; i < MEMORIES_MAX; i++) {
		const struct memory *m = memory_of(w, i);
		avoid_deadly(w, i);
		if (!is_usable(m))
			continue;
		if (m->count) {
			reception_set_job(w, JOB_SELECT, i, -1);
			return true;
		}
		if (m->list_all || m->list_new) {
			reception_set_job(w, JOB_LIST, i, -1);
			w->reception.now.all = m->list_all;
			return true;
		}
		if (m->scan) {
			reception_set_job(w, JOB_READ, i, m->scan_slot);
			w->reception.now.scan = true;
			return true;
		}
	}
	return false;
}

/* A deadly slot costs nothing while there is room; before the memory fills up with such, it is emptied unread. */
static bool choose_deadly(struct worker *w)
{
	for (int i = 0; i < MEMORIES_MAX; i++) {
		const struct memory *m = memory_of(w, i);
		int slot = deadly_slot(&w->reception.deadly, i);
		if (slot < 0 || !is_usable(m) || !m->total || m->used * 100 < m->total * PRESSURE_PERCENT)
			continue;
		reception_set_job(w, JOB_DELETE, i, slot);
		w->reception.now.ref = 0;
		return true;
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
		reception_set_job(w, JOB_ACK, -1, -1);
	} else if ((h = find_stored(w, true))) {
		choose_delete(w, h);
	} else if (choose_deadly(w)) {
		return true;
	} else if (r->read_count) {
		int memory = r->reads[0].memory;
		if (!r->singly && !deadly_is(&r->deadly, memory, DEADLY_LIST) && deadly_slot(&r->deadly, memory) < 0 &&
		    reads_of(r, memory) >= LIST_INSTEAD) {
			memory_of(w, memory)->list_new = true;
			reception_set_job(w, JOB_LIST, memory, -1);
		} else {
			reception_set_job(w, JOB_READ, memory, r->reads[0].slot);
		}
	} else if (choose_memory(w)) {
		return true;
	} else if ((h = find_doubt(w))) {
		reception_set_job(w, JOB_READ, h->memory, h->slot);
	} else if ((h = find_stored(w, false))) {
		choose_delete(w, h);
	} else {
		return false;
	}
	return true;
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

/* Trouble is looked after soon, not only at the next sweep. */
static void sweep_soon(struct worker *w)
{
	struct reception *r = &w->reception;
	int64_t max = w->welcome.sweep_s * 1000;

	r->trouble = false;
	worker_sweep_in(w, r->trouble_pause_ms < max ? r->trouble_pause_ms : max);
	if (++r->troubles > TROUBLES_SOON ? r->trouble_pause_ms < max : r->trouble_pause_ms < TROUBLE_PAUSE_SOON_MS)
		r->trouble_pause_ms *= 2;
}

/* What the core has not answered, or put off, is offered again; what came directly lies nowhere else. */
static void offer_unanswered(struct worker *w)
{
	struct held_table *t = &w->reception.held;

	for (struct held *h = NULL; (h = held_next(t, h)); )
		if (h->state == HELD_OFFERED && h->round != w->reception.round)
			reading_offer(w, h);
}

static const char full_detail[] = "its memory is full of drafts and copies: delete them by hand";

static void count_memories(struct worker *w)
{
	for (int i = 0; i < MEMORIES_MAX; i++) {
		if (strcmp(reception_memory_names[i], w->profile.store) == 0) {
			w->told.sim_used = memory_of(w, i)->used;
			w->told.sim_total = memory_of(w, i)->total;
		}
	}
	if (w->told.sim_total && w->told.sim_used == w->told.sim_total && w->reception.held.count == 0) {
		hl_log(HL_LOG_WARNING, "reception", "memory_full total=%lld", (long long)w->told.sim_total);
		hl_strlcpy(w->told.detail, sizeof(w->told.detail), full_detail);
	} else if (strcmp(w->told.detail, full_detail) == 0) {
		w->told.detail[0] = '\0';
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
		r->troubles = 0;
		worker_swept(w);
	}
	worker_show_busy(w);
	worker_tell_soon(w);
}

static bool sweep_is_done(const struct reception *r)
{
	for (int i = 0; i < MEMORIES_MAX; i++)
		if (is_usable(&r->memory[i]) && (r->memory[i].count || r->memory[i].list_all || r->memory[i].scan))
			return false;
	return r->sweeping;
}

/* Nothing lies in this memory alone any more, which a crash has left in nobody knows what state. */
static void start_anew(void)
{
	hl_log(HL_LOG_NOTICE, "reception", "starting_anew reason=\"the decoder crashed\" next=\"exit for a restart\"");
	exit(EX_TEMPFAIL);
}

bool reception_next(struct worker *w)
{
	if (sweep_is_done(&w->reception))
		end_sweep(w);
	if (!choose(w)) {
		if (w->reception.shaken && w->reception.held.count == 0)
			start_anew();
		if (w->reception.trouble)
			sweep_soon(w);
		return false;
	}
	reception_run_job(w);
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
	deadly_acquit(&r->deadly, memory, slot); /* another text lies there now */
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
	bool taken = reading_take_direct(w, pdu);

	if (taken && w->setup.needs_ack && w->reception.acks < READS_MAX) /* not taken: the network sends it again */
		w->reception.acks++;
	worker_pump(w);
}

void reception_stored(struct worker *w, int64_t ref)
{
	struct held *h = held_find_ref(&w->reception.held, ref);

	if (!h)
		return;
	if (h->slot == HELD_NO_SLOT) {
		held_drop(&w->reception.held, h);
		reception_look_behind(w);
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

	reception_blame(w, r->now.job);
	r->now.job = JOB_NONE;
	r->read_count = 0;
	r->acks = 0;
	r->sweeping = r->trouble = r->singly = false;
	r->selected = -1;
	for (int i = 0; i < MEMORIES_MAX; i++)
		r->memory[i].count = r->memory[i].list_all = r->memory[i].list_new = r->memory[i].scan = false;
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
