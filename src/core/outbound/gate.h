/* The one place where texts to texters leave: every lease asks here first, again after a restart, whatever the text is
 * for, and so does a link that is about to begin (`submitting`). The decision is contact_safety.c's; here its facts are
 * gathered. Texts to people of the roster are not asked about. A text whose purpose nobody named here never leaves. */
#ifndef HL_CORE_OUTBOUND_GATE_H
#define HL_CORE_OUTBOUND_GATE_H

#include "core/dialogue/contact_safety.h"
#include "core/outbound/outbox_row.h"
#include "store/contact.h"

/* Whether it goes to a texter; what goes to people of the roster or to ourselves always may. */
bool gate_is_asked(const struct outbox_row *row);

/* The row needs purpose, contact_id and has_discreet. */
struct safety_verdict gate_ask(struct core *core, const struct outbox_row *row);

/* The same before anything is queued: what would become of a text for this contact. */
struct safety_verdict gate_foresee(struct core *core, const struct contact_row *contact, enum safety_purpose purpose,
	bool has_discreet);

/* Whether they told within safe_fresh_s that it is safe. */
bool gate_is_fresh(const struct core *core, const struct contact_row *contact);

#endif
