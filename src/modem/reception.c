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
#include "modem/reception_choice.h"
#include "modem/reception_job.h"
#include "modem/worker.h"

#define TROUBLE_PAUSE_MS 1000   /* then twice as long each time, up to the next */
#define TROUBLE_PAUSE_SOON_MS 2000
#define TROUBLES_SOON 16        /* so often; then twice as long each time again, up to the sweep's own interval */

static struct memory *memory_of(struct worker *w, int i)
{
	return &w->reception.memory[i];
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
	worker_tell(w);
}

static bool sweep_is_done(const struct reception *r)
{
	for (int i = 0; i < MEMORIES_MAX; i++)
		if (reception_is_usable(&r->memory[i]) && (r->memory[i].count || r->memory[i].list_all || r->memory[i].scan))
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
	if (!reception_choose(w)) {
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
