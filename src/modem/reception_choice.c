#include "modem/reception_choice.h"

#include "base/clock.h"
#include "modem/reception_job.h"
#include "modem/worker.h"

#define LIST_INSTEAD 4          /* so many announced texts are listed in one go */
#define PRESSURE_PERCENT 70     /* a memory this full is emptied before more is read */

static struct memory *memory_of(struct worker *w, int i)
{
	return &w->reception.memory[i];
}

bool reception_is_usable(const struct memory *m)
{
	return m->present && m->errors < MEMORY_ERRORS_MAX;
}

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
	return h->slot != HELD_NO_SLOT && reception_is_usable(memory_of(w, h->memory));
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
		if (!reception_is_usable(m))
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
		if (slot < 0 || !reception_is_usable(m) || !m->total || m->used * 100 < m->total * PRESSURE_PERCENT)
			continue;
		reception_set_job(w, JOB_DELETE, i, slot);
		w->reception.now.ref = 0;
		return true;
	}
	return false;
}

/* Reading comes before deleting, so that the core can be at work on one text while the next is read, unless the memory
 * fills up. */
bool reception_choose(struct worker *w)
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

bool reception_has_arrivals(struct worker *w)
{
	const struct reception *r = &w->reception;

	if (r->acks || r->read_count || find_doubt(w))
		return true;
	for (int i = 0; i < MEMORIES_MAX; i++)
		if (reception_is_usable(&r->memory[i]) && (r->memory[i].list_new || r->memory[i].list_all))
			return true;
	return false;
}
