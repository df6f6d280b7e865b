/* Any text to any number: it is refused, or its parts are SUBMITs whose texts, put together, are the text. */
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "fuzz/fuzz.h"
#include "modem/pdu.h"

#define FIRST_OCTET_DELIVER 0x04
#define FIRST_OCTET_UDHI 0x40

/* As the network does: first octet, address, identifier, coding and user data stay; a time stamp takes the
 * validity's place. */
static size_t to_deliver(const struct pdu_submit *s, uint8_t *out)
{
	static const uint8_t scts[7] = { 0x62, 0x11, 0x22, 0x61, 0x03, 0x50, 0x23 };
	uint8_t in[256];
	int n = hl_hex_decode(s->hex, strlen(s->hex), in, sizeof(in));
	size_t kept = 4 + (in[3] + 1u) / 2, len = 0; /* address, identifier, coding */

	must(n > 0 && (size_t)n == s->tpdu_octets + 1 && in[0] == 0);
	out[len++] = 0;
	out[len++] = (uint8_t)(FIRST_OCTET_DELIVER | (in[1] & FIRST_OCTET_UDHI));
	memcpy(out + len, in + 3, kept);
	len += kept;
	memcpy(out + len, scts, sizeof(scts));
	len += sizeof(scts);
	memcpy(out + len, in + 3 + kept + 1, (size_t)n - 3 - kept - 1);
	return len + (size_t)n - 3 - kept - 1;
}

static void check_parts(const struct wire_send *send, const struct pdu_submit *parts, size_t count)
{
	static char whole[WIRE_TEXT_MAX + WIRE_PART_MAX];
	struct pdu_message msg;
	uint8_t pdu[256];

	whole[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		size_t len = to_deliver(&parts[i], pdu);
		must(pdu_decode(pdu, len, &msg, NULL) == 0);
		must(msg.u.inbound.concat_seq == (count > 1 ? (int64_t)i + 1 : 0) && !msg.u.inbound.damaged);
		strcat(whole, msg.u.inbound.text);
	}
	must(strcmp(whole, send->text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct pdu_submit parts[WIRE_PARTS_MAX];
	static struct wire_send send;
	size_t to, count = 0;

	if (size < 1)
		return 0;
	memset(&send, 0, sizeof(send));
	send.report = data[0] & 1;
	to = data[0] >> 1 & 31;
	to = to > size - 1 ? size - 1 : to;
	memcpy(send.to, data + 1, to < WIRE_NUMBER_MAX ? to : WIRE_NUMBER_MAX);
	data += 1 + to;
	size -= 1 + to;
	memcpy(send.text, data, size < WIRE_TEXT_MAX ? size : WIRE_TEXT_MAX);
	if (pdu_encode(&send, data != NULL, parts, WIRE_PARTS_MAX, &count, NULL) == 0)
		check_parts(&send, parts, count);
	return 0;
}
