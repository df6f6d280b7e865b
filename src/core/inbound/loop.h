/* Machines that answer machines: a phone that says the same again after each answer of ours gets no more of them; its texts
 * are kept like any. Pure but for the hash, which is keyed. */
#ifndef HL_CORE_INBOUND_LOOP_H
#define HL_CORE_INBOUND_LOOP_H

#include "core/core.h"
#include "store/contact.h"

#define LOOP_MOST 3 /* the same text after so many answers of ours */

struct loop_facts {
	bool answered; /* something was sent since the last text */
	bool same;     /* it says what the one that was answered said, digits and marks aside */
	int64_t count; /* so far */
};

/* The count with this text; from LOOP_MOST on, nothing is answered until another text comes. */
int64_t loop_decide(const struct loop_facts *f);

/* The letters of a text, hashed; false where it has none: bare numbers are answers. */
bool loop_hash(const struct core *core, const char *text, size_t len, uint8_t hash[CONTACT_LOOP_HASH]);

#endif
