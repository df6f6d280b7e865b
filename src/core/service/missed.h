/* Missed calls: whoever rings and gives up has perhaps no credit to text, and asks to be texted. Each is counted as a contact;
 * one neutral text goes back, at most once in a while to one number, through the gate of all texts to texters
 * (core/outbound/gate.h). */
#ifndef HL_CORE_SERVICE_MISSED_H
#define HL_CORE_SERVICE_MISSED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/core.h"
#include "core/number.h"
#include "store/contact.h"

struct missed_facts {
	bool receipts;           /* configuration: people are answered at all */
	int64_t every_s;         /* at most one answer in so long; 0: none */
	bool answerable;         /* a number that can be texted */
	bool on_roster;          /* one of ours */
	bool never;              /* they said STOP, or the gate would not let it out */
	int64_t in_hour, most_in_hour; /* answers to all callers within the last hour: numbers of callers can be forged */
	int64_t now_boot_ms;
	int64_t last_boot_ms;    /* of the last answer to a call; 0: none in this boot */
};

/* Whether the call is answered by a text. Pure. */
bool missed_is_answered(const struct missed_facts *f);

/* A call, in the open turn. contact and number NULL: the number is withheld. */
void missed_call(struct core *core, const char *modem, const struct contact_row *contact, const struct number *number);

/* After another boot: times of the one before mean nothing. */
void missed_new_boot(struct core *core);

#endif
