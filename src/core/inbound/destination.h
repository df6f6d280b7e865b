/* Which case a text is for, and by which case its sender is answered. Mostly they are one. A text that names the code of somebody
 * else's case joins that case, but its sender hears what they would have heard with any other words: neither that the code was
 * right nor anything of the case, because a code can be seen over a shoulder or guessed. Nothing is written here. */
#ifndef HL_CORE_INBOUND_DESTINATION_H
#define HL_CORE_INBOUND_DESTINATION_H

#include "core/case/case.h"
#include "core/inbound/process.h"
#include "core/people/units.h"

struct destination_rules {
	const struct unit *owners[TRIAGE_EXPLOITATIONS]; /* who gets a new case */
	const struct unit *apart;                        /* who gets a conflict of interest; NULL: nobody in particular */
};

struct destination {
	struct case_row row;
	bool is_new;      /* row is to be opened */
	bool reopens;     /* row is closed, and is to be opened again */
	int64_t after;    /* the new case follows this closed one of the same texter; 0: none */
	struct case_row face; /* the sender's own case; id 0: they have none, and get one that is merged into row */
	bool other_face;  /* face is another than row */
	bool first;       /* the sender is answered as somebody new */
};

/* filed: the text is nobody's work; where it would open a case, it joins what was filed of the sender, or row.reason says that the new case is
 * filed. May count one use of a code in t->contact, which the caller writes. */
void destination_find(struct core *core, const struct destination_rules *rules, const struct process_text *t,
	const struct triage_verdict *v, bool filed, struct destination *d);

/* Opens the case that the sender's receipt names, where they have none, and keeps what it must know so that the next answer is what
 * it would have been. In the turn's transaction. */
int destination_keep_face(struct core *core, struct destination *d, const struct triage_verdict *v);

#endif
