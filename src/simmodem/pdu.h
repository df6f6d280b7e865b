/* The TPDUs between a phone and its service centre, as a modem hands them over in PDU mode (TS 23.040 9.2.2):
 * SMS-DELIVER and SMS-STATUS-REPORT are built, SMS-SUBMIT is taken apart strictly; the other directions serve text
 * mode and tests. Pure. */
#ifndef HL_SIMMODEM_PDU_H
#define HL_SIMMODEM_PDU_H

#include <stdint.h>

#include "simmodem/pdu_field.h"

#define PDU_MAX 200 /* octets of service centre address and TPDU: 12 + 164, and room */

struct pdu_deliver {
	char smsc[PDU_ADDRESS_MAX], from[PDU_ADDRESS_MAX];
	uint8_t toa; /* type of the sender's address where it is not the usual one, else 0 */
	uint8_t pid, dcs;
	uint8_t time[7];
	struct pdu_ud ud;
};

struct pdu_submit {
	char to[PDU_ADDRESS_MAX];
	bool report; /* TP-SRR */
	uint8_t mr, pid, dcs;
	struct pdu_ud ud;
};

struct pdu_report {
	char smsc[PDU_ADDRESS_MAX], to[PDU_ADDRESS_MAX];
	uint8_t mr, status; /* TP-ST */
	uint8_t time[7], discharge[7];
};

/* Build: octets written to out, *tpdu_len without the service centre address (the length AT commands tell). HL_EINVAL
 * or HL_ERANGE where a field does not fit. */
int pdu_deliver_build(const struct pdu_deliver *d, uint8_t out[PDU_MAX], size_t *tpdu_len);
int pdu_report_build(const struct pdu_report *r, uint8_t out[PDU_MAX], size_t *tpdu_len);
/* With an empty service centre address: the one in the modem is used. */
int pdu_submit_build(const struct pdu_submit *s, uint8_t out[PDU_MAX], size_t *tpdu_len);

/* Parse, from the service centre address on; every octet must have its place. 0 or HL_EINVAL. */
int pdu_submit_parse(const uint8_t *in, size_t len, struct pdu_submit *s);
int pdu_deliver_parse(const uint8_t *in, size_t len, struct pdu_deliver *d);
int pdu_report_parse(const uint8_t *in, size_t len, struct pdu_report *r);

#endif
