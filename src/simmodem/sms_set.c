#include "simmodem/sms_set.h"

#include <string.h>

#include "base/hex.h"
#include "simmodem/network.h"
#include "simmodem/pdu.h"

struct part {
	char from[PDU_ADDRESS_MAX];
	struct pdu_concat concat;
};

static bool read_part(const struct slot *slot, struct part *part)
{
	uint8_t octets[PDU_MAX];
	struct pdu_deliver d;
	int n = slot ? hl_hex_decode(slot->line, strlen(slot->line), octets, sizeof(octets)) : -1;

	if (n <= 0 || pdu_deliver_parse(octets, (size_t)n, &d))
		return false;
	memcpy(part->from, d.from, sizeof(part->from));
	part->concat = pdu_concat_read(&d.ud);
	return part->concat.total > 1;
}

void sms_delete_set(struct modem *m, struct slots *s, int index)
{
	struct part wanted, part;
	bool is_part = read_part(slots_get(s, index), &wanted);

	network_delete(m, s, index);
	for (int i = s->base; is_part && i < s->base + s->capacity; i++)
		if (read_part(slots_get(s, i), &part) && strcmp(part.from, wanted.from) == 0 &&
		    part.concat.ref == wanted.concat.ref && part.concat.total == wanted.concat.total)
			network_delete(m, s, i);
}
