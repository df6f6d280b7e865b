/* Reports of different senders about the same: found by keyed hashes, linked, and counted on both cases. It makes nothing less
 * urgent, and one sender alone corroborates nothing: all their texts are one case. */
#ifndef HL_CORE_CASE_CORROBORATE_H
#define HL_CORE_CASE_CORROBORATE_H

#include "core/case/case.h"
#include "store/contact.h"

/* A tip of this contact is in the case. In the turn's transaction; nothing where corroborate_within_s is 0, or the sender is a
 * name or a short number, which anybody can take. Only cases of one unit are linked. */
void corroborate(struct core *core, const struct case_row *row, const struct contact_row *contact, const char *text, size_t len,
	const struct triage_verdict *v);

#endif
