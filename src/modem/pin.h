/* The lock of the SIM, as steps of setup.c: one attempt at the PIN until it is another one in the
 * configuration, and none where somebody was refused before, because three refusals lock the SIM until a person with its PUK comes. */
#ifndef HL_MODEM_PIN_H
#define HL_MODEM_PIN_H

#include <stdbool.h>
#include <stddef.h>

#include "modem/at.h"
#include "modem/setup.h"

struct worker;

/* AT+CPIN?, outside of setup: the answer shows in w->setup.lock. */
void pin_look(struct worker *w, void (*done)(void *arg, const struct at_reply *reply));

/* What +CPIN: says (TS 27.007 8.3). */
enum sim_lock pin_read_lock(const char *line);

/* AT+CPIN? */
void pin_take_lock(void *arg, const char *line, const char *pdu);
enum step_end pin_after_lock(struct worker *w, bool accepted);

/* How many attempts are left, where the profile knows how to ask. */
bool pin_make_counter(struct worker *w, size_t item, char *out, size_t size);
void pin_take_attempts(void *arg, const char *line, const char *pdu);

bool pin_make(struct worker *w, size_t item, char *out, size_t size);
enum step_end pin_after(struct worker *w, bool accepted);

/* AT+CPIN? once more, if a PIN was given. */
bool pin_make_lock_again(struct worker *w, size_t item, char *out, size_t size);

#endif
