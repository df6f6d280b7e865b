/* Whom a text, a call or a USSD request comes from: the number in one form, and the contact that it is, found by a keyed hash or
 * made. The number stays in the struct that the caller wipes, and in the store, encrypted. */
#ifndef HL_CORE_INBOUND_SENDER_H
#define HL_CORE_INBOUND_SENDER_H

#include "core/core.h"
#include "core/number.h"
#include "store/contact.h"

struct sender {
	struct number number;
	bool answerable;
	char look_up[16 + NUMBER_MAX]; /* what the alias is made of */
};

/* Alphanumeric names and short codes are anybody's to set, so their aliases live in a world of their own: a name that
 * looks like a number is not that number. */
void sender_read(struct core *core, const char *from, bool alphanumeric, struct sender *s);

/* Somebody without a number, known by a name that we made: nobody can be texted there. */
void sender_nameless(const char *world, const char *name, struct sender *s);

/* Finds or makes the contact; true if it is new. In a turn. */
bool sender_contact(struct core *core, const struct sender *s, struct contact_row *contact);

#endif
