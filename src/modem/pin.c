#include "modem/pin.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "modem/worker.h"

#define PIN_ATTEMPTS_SAFE 2 /* so many leave one for a person */
#define PIN_ATTEMPTS_FULL 3 /* TS 102 221: fewer left means that somebody was refused before */

enum sim_lock pin_read_lock(const char *line)
{
	static const struct { const char *word; enum sim_lock lock; } words[] = {
		{ "READY", SIM_OPEN }, { "SIM PIN", SIM_WANTS_PIN }, { "SIM PUK", SIM_WANTS_PUK },
	};
	char word[24];

	if (at_field_text(line, 0, word, sizeof(word)))
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (strcmp(word, words[i].word) == 0)
				return words[i].lock;
	return SIM_OTHER;
}

void pin_take_lock(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;

	(void)pdu;
	w->setup.lock = pin_read_lock(line);
}

void pin_look(struct worker *w, void (*done)(void *arg, const struct at_reply *reply))
{
	struct at_command c = {
		.expect = { .shape = AT_SHAPE_PREFIX, .prefix = "+CPIN:" },
		.timeout_ms = worker_limit_ms(w, w->profile.command_ms),
		.info = pin_take_lock,
		.done = done,
	};

	worker_command(w, c, "AT+CPIN?");
}

void pin_take_attempts(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	int left;

	(void)pdu;
	if (at_field_int(line, (unsigned)w->profile.pin_counter_field, &left))
		w->setup.pin_left = left;
}

static enum step_end refuse(struct worker *w, const char *why)
{
	worker_event(w, EVENT_REFUSED, why);
	return STEP_STOPPED;
}

enum step_end pin_after_lock(struct worker *w, bool accepted)
{
	if (!accepted)
		return refuse(w, "the SIM cannot be used: is one in the modem, the right way round?");
	if (w->state == STATE_PROBING)
		worker_event(w, EVENT_ANSWERED, "the modem answers");
	if (w->setup.lock == SIM_OPEN)
		w->setup.pin_unsure = false;
	if (w->setup.lock == SIM_OPEN || (w->setup.lock == SIM_WANTS_PIN && !w->setup.pin_given))
		return STEP_NEXT;
	if (w->setup.lock == SIM_WANTS_PIN) {
		if (++w->setup.tries < SETUP_TRIES_MAX) { /* it took the PIN and has not got to it yet */
			timer_set(w->setup.timer, SETUP_TRY_PAUSE_MS);
			return STEP_STOPPED;
		}
		w->setup.pin_refused = true;
		return refuse(w, "the SIM did not take the PIN: not tried again; correct it in the configuration");
	}
	if (w->setup.lock == SIM_WANTS_PUK)
		return refuse(w, "the SIM asks for its PUK: enter it in a telephone, with a new PIN");
	return refuse(w, "the modem is locked in a way that only its owner can open");
}

bool pin_make_counter(struct worker *w, size_t item, char *out, size_t size)
{
	if (item || w->setup.lock == SIM_OPEN || !w->profile.pin_counter[0])
		return false;
	hl_strlcpy(out, size, w->profile.pin_counter);
	return true;
}

/* One attempt at each PIN, and only if nobody was refused before: three refusals lock the SIM. The counter remembers that, and the
 * core, over restarts; one that was corrected has its own attempt where two are left. Without a counter the profile must say so aloud. */
bool pin_make(struct worker *w, size_t item, char *out, size_t size)
{
	if (item || w->setup.lock == SIM_OPEN)
		return false;
	if (w->setup.pin_refused) {
		refuse(w, "the SIM refused the PIN: correct it in the configuration; it was not tried again");
	} else if (!w->welcome.pin[0] || strspn(w->welcome.pin, "0123456789") != strlen(w->welcome.pin)) {
		refuse(w, "the SIM asks for a PIN: write its 4 to 8 digits in the configuration (pin)");
	} else if (w->setup.pin_left >= 0 && w->setup.pin_left < (w->setup.pin_changed ? PIN_ATTEMPTS_SAFE : PIN_ATTEMPTS_FULL)) {
		refuse(w, "the SIM has refused a PIN before: not tried; enter the right one in a telephone once");
	} else if (w->setup.pin_left < 0 && !w->profile.pin_blind) {
		refuse(w, "the modem tells no PIN counter, so the PIN was not tried: switch it off in a telephone, or see pin_blind");
	} else if (w->setup.pin_left < 0 && w->setup.pin_unsure) {
		w->setup.pin_refused = true;
		refuse(w, "the PIN was given and its answer lost: not tried again; enter it in a telephone, or correct it (pin)");
	} else {
		w->setup.pin_given = w->setup.pin_unsure = true;
		w->setup.pin_changed = false;
		snprintf(out, size, "AT+CPIN=\"%s\"", w->welcome.pin);
	}
	return true;
}

enum step_end pin_after(struct worker *w, bool accepted)
{
	if (accepted)
		return STEP_NEXT;
	w->setup.pin_refused = true;
	return refuse(w, "the SIM refused the PIN: not tried again; correct it in the configuration");
}

bool pin_make_lock_again(struct worker *w, size_t item, char *out, size_t size)
{
	if (item || !w->setup.pin_given)
		return false;
	hl_strlcpy(out, size, "AT+CPIN?");
	return true;
}
