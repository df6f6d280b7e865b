/* The structural check of a PDU that a stranger sent, before any other code sees it: every length against the octets
 * that are there, with a user data header walk of our own (TS 23.040 9.2, TS 23.038 clause 4). Pure, total and bounded;
 * it never allocates and never reads past len. */
#ifndef HL_MODEM_PDU_CHECK_H
#define HL_MODEM_PDU_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define PDU_OCTETS_MAX 176      /* SMSC address of 12 octets and a TPDU of 164 */
#define PDU_UD_OCTETS_MAX 140   /* TS 23.040 9.2.3.24 */
#define PDU_UD_SEPTETS_MAX 160
#define PDU_ADDRESS_DIGITS_MAX 20 /* 9.1.2.5: an address field is at most 12 octets */
#define PDU_PARTS_MAX 64        /* a text of more parts than this is an attack: 64 parts are 9,700 septets */

enum pdu_kind { PDU_DELIVER, PDU_STATUS_REPORT };

/* How the octets of the user data are read. PDU_OCTETS: 8-bit data. */
enum pdu_coding { PDU_GSM7, PDU_UCS2, PDU_OCTETS };

/* Where things stand in a PDU that passed. Offsets count from its first octet. */
struct pdu_view {
	enum pdu_kind kind;
	size_t tpdu;             /* first octet of the TPDU */
	size_t address;          /* its length octet */
	uint8_t address_digits;  /* semi-octets */
	uint8_t address_type;
	size_t scts;             /* 7 octets */
	/* status reports */
	uint8_t mr, status;
	size_t end;              /* after TP-ST; optional fields are left aside */
	/* delivers */
	uint8_t dcs;
	enum pdu_coding coding;
	bool damaged;            /* a reserved coding or an odd octet: text survives, not all of it */
	uint8_t udl;             /* septets for PDU_GSM7, else octets */
	size_t ud, ud_octets;
	size_t udh_octets;       /* with its length octet; 0 where there is none */
	bool ports;              /* application port addressing: not for a person */
	uint8_t concat_width;    /* 8 or 16; 0 where the message is whole */
	uint16_t concat_ref;
	uint8_t concat_total, concat_seq;
};

/* Checks an SMS-DELIVER or SMS-STATUS-REPORT with the SMSC address before it, as a modem lists it in PDU mode
 * (TS 27.005 3.1). HL_EINVAL with the reason in words where it must not be decoded. */
int pdu_check(const uint8_t *pdu, size_t len, struct pdu_view *view, struct hl_reason *reason);

#endif
