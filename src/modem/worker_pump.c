/* Gives the idle modem its next command: questions about itself, USSD, and between reception and texts as precedence.h says. */
#include "base/clock.h"
#include "modem/precedence.h"
#include "modem/worker.h"

static struct precedence_facts facts_of(struct worker *w)
{
	const struct pumping *p = &w->pumping;

	return (struct precedence_facts){
		.text_due = submission_is_due(w),
		.yields = submission_yields(w),
		.arrived = reception_has_arrivals(w),
		.jobs_left = p->jobs_left,
		.arrivals_left = p->arrivals_left,
		.busy_ms = at_busy_ms(w->at),
		.quiet_ms = at_quiet_ms(w->at),
		.listened_ms = p->listen_since_ms ? hl_boot_ms(&hl_clock_system) - p->listen_since_ms : 0,
		.listen_ms = w->profile.listen_ms,
	};
}

/* One job of reception at the cost of the text that waits; false if there is none. */
static bool receive(struct worker *w, const struct precedence_facts *f)
{
	unsigned *left = f->arrived ? &w->pumping.arrivals_left : &w->pumping.jobs_left;

	if (!reception_next(w))
		return false;
	if (f->text_due && *left)
		(*left)--;
	w->pumping.listen_since_ms = 0;
	return true;
}

static void listen_on(struct worker *w, const struct precedence_facts *f)
{
	if (!w->pumping.listen_since_ms)
		w->pumping.listen_since_ms = hl_boot_ms(&hl_clock_system);
	timer_set(w->pumping.listen_timer, f->listen_ms - f->quiet_ms);
}

/* What reception leaves: a text is begun, listened for, or given. */
static void pump_text(struct worker *w, const struct precedence_facts *f)
{
	if (submission_ask(w)) {
		reception_next(w);
	} else if (precedence_judge(f) == PRECEDENCE_LISTEN) {
		listen_on(w, f);
	} else {
		worker_forget_turns(w);
		submission_give(w);
	}
}

void worker_pump(struct worker *w)
{
	struct precedence_facts f;

	if (!state_can_receive(w->state) || !at_is_idle(w->at) || !at_is_open(w->at))
		return;
	if (checkup_next(w) || ussd_next(w))
		return;
	f = facts_of(w);
	if (f.quiet_ms >= f.listen_ms)
		at_forget_busy(w->at);
	if (!f.text_due)
		worker_forget_turns(w);
	if (precedence_judge(&f) == PRECEDENCE_RECEPTION) {
		if (receive(w, &f) || !f.text_due || !at_is_idle(w->at) || !submission_is_due(w))
			return;
		f.arrived = false;
		f.jobs_left = w->pumping.jobs_left = 0;
	}
	pump_text(w, &f);
}

void worker_part_done(struct worker *w)
{
	w->pumping.jobs_left = PRECEDENCE_JOBS;
}

void worker_note_arrival(struct worker *w)
{
	if (w->pumping.arrivals_left)
		w->pumping.arrivals_left--;
}

void worker_forget_turns(struct worker *w)
{
	w->pumping.jobs_left = 0;
	w->pumping.arrivals_left = PRECEDENCE_ARRIVALS;
	w->pumping.listen_since_ms = 0;
}
