/* Delivery reports: what became of a text that the network took. */
#include "core/config/config.h"
#include "core/outbound/dispatch.h"
#include "core/outbound/outbox_row.h"
#include "vault/vault.h"

#define STILL_TRYING 32 /* TP-ST of TS 23.040 9.2.3.15: below it, done; from FAILED on, never */
#define FAILED 64

/* A part that has arrived has arrived: a late or repeated report changes nothing of it. */
static bool part_is_settled(int64_t had, int64_t status)
{
	return (had >= 0 && had < STILL_TRYING) || had == status;
}

void dispatch_report(struct core *core, const char *link, const struct wire_report *msg)
{
	struct outbox_row row;
	struct outbox_parts parts;
	struct number to;
	uint8_t alias[VAULT_HASH];
	int64_t id, seq, had;
	bool answerable;

	(void)link;
	if (number_normalise(msg->to, core->config->country, &to, &answerable) != 0)
		return; /* of a text we did not send */
	vault_alias(core->vault, to.e164, alias);
	if (!store_outbox_part_find(core->store, msg->imsi, msg->mr, alias, &id, &seq, &had) ||
		part_is_settled(had, msg->status))
		return;
	store_outbox_part_status(core->store, id, seq, msg->status);
	parts = store_outbox_parts(core->store, id);
	if (!store_outbox_get(core->store, id, &row))
		return;
	if (parts.delivered == parts.parts)
		outbox_move(core, &row, OUTBOX_EV_DELIVERED, NULL);
	else if (parts.failed > 0)
		outbox_move(core, &row, OUTBOX_EV_UNDELIVERED,
			&(struct outbox_detail){ .code = msg->status, .why = "not delivered" });
}
