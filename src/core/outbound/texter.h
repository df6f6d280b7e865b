/* Queues a text for a texter: in the language of their last text, in its standard and its discreet form, of which the
 * gate (core/outbound/gate.h) lets one out, or none. The number is opened here and goes nowhere but into the outbox,
 * sealed. */
#ifndef HL_CORE_OUTBOUND_TEXTER_H
#define HL_CORE_OUTBOUND_TEXTER_H

#include "core/config/wording.h"
#include "core/core.h"
#include "core/number.h"
#include "core/outbound/outbox.h"
#include "store/case.h"
#include "store/contact.h"

struct texter_text {
	const struct contact_row *contact;
	const struct case_row *row;   /* its code may stand in the text; NULL: of no case */
	const struct number *to;      /* NULL: read from the store */
	enum outbox_purpose purpose;
	const char *key;              /* of the wording */
	const char *discreet;         /* key of its discreet form; NULL: it has none */
	const char *free_text;        /* instead of key: an officer's own words */
	bool free_is_discreet;        /* which are fit for anybody's eyes */
	const char *modem;            /* preferred, or "" */
};

/* The id in the outbox, or a negative error: HL_ENOENT where the wording is empty (send nothing) or the number is not
 * known. */
int64_t texter_send(struct core *core, const struct texter_text *t);

enum wording_language texter_language(const struct contact_row *contact);

#endif
