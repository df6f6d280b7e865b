/* The PDU codec, and the only file that includes gammu.h. It decodes nothing that pdu_check() has not passed, hands
 * libgammu addresses and time stamps on zero-padded copies and never user data of a stranger (pdu.c says why), and
 * builds the parts of an outgoing text. Not thread-safe, as libgammu is not. */
#ifndef HL_MODEM_PDU_H
#define HL_MODEM_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "modem/pdu_check.h"
#include "wire/link.h"

/* What a line of the modem's storage turned out to be. */
struct pdu_message {
	enum pdu_kind kind;
	union {
		struct wire_inbound inbound; /* without ref and imsi */
		struct wire_report report;   /* likewise */
	} u;
};

/* Checks and decodes one PDU. HL_EINVAL with the reason, in words without content, where it is refused. */
int pdu_decode(const uint8_t *pdu, size_t len, struct pdu_message *out, struct hl_reason *reason);

/* One SMS-SUBMIT for AT+CMGS in PDU mode. */
struct pdu_submit {
	char hex[2 * (1 + PDU_OCTETS_MAX) + 1]; /* an empty SMSC address (the SIM's is used), then the TPDU */
	size_t tpdu_octets;                     /* what AT+CMGS= is told */
};

/* Cuts the text and builds its parts into parts[max]; ref joins the parts of a long text (8-bit reference). Sets
 * *count. HL_EINVAL for a number that cannot be called or a text that is not UTF-8, HL_ERANGE for more than max
 * parts. */
int pdu_encode(const struct wire_send *send, uint8_t ref, struct pdu_submit *parts, size_t max, size_t *count,
	       struct hl_reason *reason);

#endif
