/* Builds SMS-DELIVER and SMS-STATUS-REPORT PDUs, right and wrong ones, for tests. */
#ifndef HL_TESTS_PDU_BUILD_H
#define HL_TESTS_PDU_BUILD_H

#include <stdint.h>
#include <string.h>

#include "base/hex.h"
#include "text/gsm7.h"
#include "text/sms.h"

struct build {
	uint8_t pdu[300];
	size_t len;
};

static inline void build_add(struct build *b, const char *hex)
{
	int n = hl_hex_decode(hex, strlen(hex), b->pdu + b->len, sizeof(b->pdu) - b->len);

	if (n > 0)
		b->len += (size_t)n;
}

/* SMSC +97600000000, from +97600001234, a given coding scheme, stamped 2026-11-22T16:30:05+08:00. */
static inline void build_head(struct build *b, const char *first, const char *address, const char *dcs)
{
	b->len = 0;
	build_add(b, "07917906000000F0");
	build_add(b, first);
	build_add(b, address);
	build_add(b, "00");
	build_add(b, dcs);
	build_add(b, "62112261035023");
}

#define ADDRESS_1234 "0B917906001032F4"

/* A whole deliver with this text; udh is the header with its length octet, or "". */
static inline void build_text(struct build *b, const char *udh, const char *text, enum sms_coding coding)
{
	uint8_t units[256], *udl;
	size_t header = strlen(udh) / 2, fill = (header * 8 + 6) / 7;
	int n = sms_encode_part(text, strlen(text), coding, units, sizeof(units));

	build_head(b, header ? "44" : "04", ADDRESS_1234, coding == SMS_UCS2 ? "08" : "00");
	udl = &b->pdu[b->len++];
	build_add(b, udh);
	if (coding == SMS_UCS2) {
		memcpy(b->pdu + b->len, units, (size_t)n);
		b->len += (size_t)n;
		*udl = (uint8_t)(header + (size_t)n);
	} else {
		b->len += gsm7_pack(units, (size_t)n, (unsigned)(fill * 7 - header * 8), b->pdu + b->len);
		*udl = (uint8_t)(fill + (size_t)n);
	}
}

#endif
