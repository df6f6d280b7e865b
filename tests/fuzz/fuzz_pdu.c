/* Any octets as a PDU: what the check passes lies inside, what decodes is UTF-8 within its bounds and can go on
 * the wire. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "modem/pdu.h"
#include "text/utf8.h"

static void check_view(const uint8_t *data, size_t size)
{
	struct pdu_view v;

	if (pdu_check(data, size, &v, NULL))
		return;
	must(v.tpdu < size && v.end <= size && v.address + 2 <= size && v.scts + 7 <= size);
	must(v.address_digits <= PDU_ADDRESS_DIGITS_MAX);
	if (v.kind != PDU_DELIVER)
		return;
	must(v.ud + v.ud_octets == size && v.ud_octets <= PDU_UD_OCTETS_MAX && v.udh_octets <= v.ud_octets);
	must(v.concat_total == 0 || (v.concat_seq >= 1 && v.concat_seq <= v.concat_total && v.concat_total <= PDU_PARTS_MAX));
}

static void check_wire(const struct pdu_message *m)
{
	struct wire_link_msg msg = { .type = m->kind == PDU_DELIVER ? WIRE_INBOUND : WIRE_REPORT }, back;
	char *line;

	if (m->kind == PDU_DELIVER)
		msg.u.inbound = m->u.inbound;
	else
		msg.u.report = m->u.report;
	line = wire_link_encode(&msg);
	must(wire_link_decode(line, strlen(line), &back, NULL) == 0);
	wire_link_clear(&back);
	free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pdu_message msg;

	check_view(data, size);
	if (pdu_decode(data, size, &msg, NULL))
		return 0;
	if (msg.kind == PDU_DELIVER) {
		must(utf8_valid(msg.u.inbound.text, strlen(msg.u.inbound.text)));
		must(utf8_valid(msg.u.inbound.from, strlen(msg.u.inbound.from)) && msg.u.inbound.from[0]);
		must(msg.u.inbound.pdu_len == size);
	}
	check_wire(&msg);
	return 0;
}
