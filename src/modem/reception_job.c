#include "modem/reception_job.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "modem/reading.h"
#include "modem/worker.h"

#define BAD_LISTS_MAX 2         /* then a memory is read slot by slot: some firmware stops at a text that it cannot show */
#define CMS_INVALID_INDEX 321
#define STATUS_UNREAD 0         /* <stat> of TS 27.005 3.1 in PDU mode */
#define STATUS_READ 1
#define STATUS_ALL 4

static struct memory *memory_of(struct worker *w, int i)
{
	return &w->reception.memory[i];
}

/* BM holds broadcasts, TA and others nothing for a person; MT is ME and SM together and would show each text twice. */
const char *const reception_memory_names[MEMORIES_MAX] = { "SM", "ME", "SR" };

void reception_set_job(struct worker *w, enum reception_job job, int memory, int slot)
{
	w->reception.now.job = job;
	w->reception.now.memory = memory;
	w->reception.now.slot = slot;
	w->reception.now.all = w->reception.now.scan = false;
	w->reception.now.rows = 0;
}

void reception_drop_reads(struct reception *r, int memory, int slot)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->read_count; i++)
		if (r->reads[i].memory != memory || (slot >= 0 && r->reads[i].slot != slot))
			r->reads[kept++] = r->reads[i];
	r->read_count = kept;
}

static void trouble(struct worker *w, const char *what)
{
	hl_log(HL_LOG_WARNING, "reception", "trouble at=%s", what);
	w->reception.trouble = true;
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
	deadly_acquit(&w->reception.deadly, w->reception.now.memory, slot);
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
	deadly_acquit(&w->reception.deadly, w->reception.now.memory, w->reception.now.slot);
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
	if (w->profile.cpms_arguments == 0)
		w->reception.all_three = !w->reception.all_three;
	if (++m->errors < MEMORY_ERRORS_MAX)
		return;
	hl_log(HL_LOG_NOTICE, "reception", "memory_left_alone name=%s code=%d", reception_memory_names[memory], reply->code);
	reception_drop_reads(&w->reception, memory, -1);
	if (strcmp(reception_memory_names[memory], w->profile.store) == 0)
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
	bool good = reply->result == AT_OK && (!w->reception.now.all || w->reception.now.rows >= m->rows_due);

	m->list_new = false;
	drop_listed_reads(w);
	if (w->reception.now.all)
		m->list_all = false;
	if (reply->result == AT_OK)
		deadly_acquit(&w->reception.deadly, w->reception.now.memory, DEADLY_LIST);
	if (good) {
		m->bad_lists = 0;
		return;
	}
	trouble(w, "listing");
	if (++m->bad_lists >= BAD_LISTS_MAX && !m->scan) {
		m->scan = true;
		m->scan_slot = w->profile.first_slot == 1; /* TS 27.005 leaves open whether the first is 0 or 1 */
	}
}

static void end_scanned(const struct worker *w, struct memory *m, int slot)
{
	m->scan_slot = slot + 1;
	m->scan = slot < m->total - (w->profile.first_slot == 0);
}

/* Something should lie there; if nothing was shown, noise may have eaten it: the sweep finds it. */
static void end_read(struct worker *w, const struct at_reply *reply)
{
	int memory = w->reception.now.memory, slot = w->reception.now.slot;
	struct held *h = held_find(&w->reception.held, memory, slot);

	if (w->reception.now.scan)
		end_scanned(w, memory_of(w, memory), slot);
	if (w->reception.now.rows)
		return;
	if (!w->reception.now.scan && (!h || h->state != HELD_STORED))
		trouble(w, "reading");
	if (reply->result == AT_OK || (reply->error == AT_KIND_CMS && reply->code == CMS_INVALID_INDEX))
		reading_take_empty(w, memory, slot);
	else if (h && h->state != HELD_OFFERED)
		held_drop(&w->reception.held, h);
}

/* The same text in another memory may be the same slot under another name: then it is gone from both, and the next text may lie
 * there already. */
static void doubt_aliases(struct worker *w, const char *raw)
{
	for (struct held *h = NULL; (h = held_next(&w->reception.held, h)); )
		if (strcmp(h->raw, raw) == 0)
			h->epoch = w->epoch - 1;
}

void reception_look_behind(struct worker *w)
{
	struct reception *r = &w->reception;

	if (r->left_behind && r->held.count <= HELD_MAX / 2) {
		r->left_behind = false;
		worker_sweep_in(w, 0);
	}
}

/* What could not be deleted is forgotten: the sweep shows it again, which proves what lies there, and the core
 * knows it. */
static void end_delete(struct worker *w, const struct at_reply *reply)
{
	struct held *h = held_find_ref(&w->reception.held, w->reception.now.ref);
	struct memory *m = memory_of(w, w->reception.now.memory);
	int gone = 1;

	if (h) {
		doubt_aliases(w, h->raw);
		if (w->profile.deletes == PROFILE_DELETES_WHOLE) /* the others are gone with it; where not, the sweep shows them */
			gone = held_drop_set(&w->reception.held, h);
		else
			held_drop(&w->reception.held, h);
	}
	reception_look_behind(w);
	if (reply->result != AT_OK) {
		trouble(w, "deleting");
		return;
	}
	m->used -= m->used < gone ? m->used : gone;
	m->rows_due -= gone;
	if (deadly_is(&w->reception.deadly, w->reception.now.memory, w->reception.now.slot)) {
		deadly_acquit(&w->reception.deadly, w->reception.now.memory, w->reception.now.slot);
		deadly_acquit(&w->reception.deadly, w->reception.now.memory, DEADLY_LIST);
	}
}

void reception_blame(struct worker *w, enum reception_job job)
{
	int memory = w->reception.now.memory, slot = job == JOB_LIST ? DEADLY_LIST : w->reception.now.slot;

	if ((job != JOB_LIST && job != JOB_READ) || !deadly_blame(&w->reception.deadly, memory, slot))
		return;
	hl_log(HL_LOG_ERR, "reception", "deadly memory=%s slot=%d next=\"%s\"", reception_memory_names[memory], slot,
	       job == JOB_LIST ? "its slots are read one by one" : "it is left alone, and the core told");
	if (job == JOB_READ)
		reading_tell_unreadable(w, reception_memory_names[memory], slot);
}

static void on_done(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;
	enum reception_job job = w->reception.now.job;

	w->reception.now.job = JOB_NONE;
	if (w->profile.reselect && job != JOB_SELECT)
		w->reception.selected = -1;
	if (reply->result == AT_TIMEOUT || reply->result == AT_LOST)
		reception_blame(w, job);
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

/* E3372-325 takes no fewer than three: gammu issue 829. */
static void make_select(const struct worker *w, char *text, size_t size)
{
	const char *memory = reception_memory_names[w->reception.now.memory], *store = w->profile.store;

	if (w->profile.cpms_arguments == 3 || w->reception.all_three)
		snprintf(text, size, "AT+CPMS=\"%s\",\"%.2s\",\"%.2s\"", memory, store, store);
	else
		snprintf(text, size, "AT+CPMS=\"%s\"", memory);
}

static void run(struct worker *w, struct at_command c, const char *text)
{
	c.timeout_ms = worker_limit_ms(w, w->profile.list_ms);
	c.done = on_done;
	worker_command(w, c, "%s", text);
}

void reception_run_job(struct worker *w)
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
		reception_set_job(w, JOB_SELECT, r->now.memory, -1);
	switch (r->now.job) {
	case JOB_SELECT:
		c.expect = (struct at_expect){ .shape = AT_SHAPE_PREFIX, .prefix = "+CPMS:", .min_fields = 2 };
		c.info = on_totals;
		make_select(w, text, sizeof(text));
		break;
	case JOB_LIST:
		r->now.reads = r->read_count;
		c.expect = (struct at_expect){ .shape = AT_SHAPE_PDU, .prefix = "+CMGL:", .min_fields = 3 };
		c.info = on_list_row;
		snprintf(text, sizeof(text), "AT+CMGL=%d", r->now.all ? STATUS_ALL : STATUS_UNREAD);
		break;
	case JOB_READ:
		reception_drop_reads(r, r->now.memory, r->now.slot);
		c.expect = (struct at_expect){ .shape = AT_SHAPE_PDU, .prefix = "+CMGR:", .min_fields = 2 };
		c.info = on_read_row;
		snprintf(text, sizeof(text), "AT+CMGR=%d", r->now.slot);
		break;
	case JOB_DELETE:
		reception_drop_reads(r, r->now.memory, r->now.slot); /* until now they can only mean what lies there */
		snprintf(text, sizeof(text), "AT+CMGD=%d", r->now.slot);
		break;
	case JOB_ACK:
	case JOB_NONE:
		return;
	}
	run(w, c, text);
}
