/* The fields that TPDUs are made of (TS 23.040 9.1.2, 9.2.3): addresses, time stamps, user data with its header.
 * Written and read here without libgammu on purpose: the simulator must not share a mistake with what it tests. Pure. */
#ifndef HL_SIMMODEM_PDU_FIELD_H
#define HL_SIMMODEM_PDU_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "simmodem/units.h"

#define PDU_ADDRESS_MAX 48 /* characters of UTF-8: 11 septets, or 20 digits and a plus */
#define PDU_UD_MAX 140     /* octets of user data, header included */

/* User data (9.2.3.24): a header (without its length octet) and units of one alphabet. */
struct pdu_ud {
	enum sim_coding coding;
	uint8_t header[PDU_UD_MAX];
	size_t header_len;
	uint16_t units[160];
	size_t count;
};

/* Concatenation (9.2.3.24.1 and .8); total is 0 where the header holds none. */
struct pdu_concat {
	unsigned width, ref, total, seq;
};

/* The alphabet that a data coding scheme names (TS 23.038 4 and 5); reserved ones read as GSM-7. HL_EUNSUPPORTED for
 * compressed. */
int pdu_dcs_coding(uint8_t dcs, enum sim_coding *coding);
/* The message class 0..3, or -1. */
int pdu_dcs_class(uint8_t dcs);
/* The scheme for an alphabet and a class (-1: none). */
uint8_t pdu_dcs(enum sim_coding coding, int class);

/* Octets that a TP address needs: "+" and digits give type 0x91, digits 0x81, anything else 0xD0 (alphanumeric).
 * Returns the octets written to out[12], or HL_EINVAL (too long, or a character that GSM-7 lacks). toa overrides the
 * type of a digit address, 0: not. */
int pdu_address_write(const char *address, uint8_t toa, uint8_t out[12]);

/* Reads a TP address from in[len]; returns the octets it took or HL_EINVAL. */
int pdu_address_read(const uint8_t *in, size_t len, char address[PDU_ADDRESS_MAX]);

/* A service centre address in front of a TPDU (TS 24.011 8.2.5.2, its length counted in octets); "" gives one zero
 * octet. */
int pdu_smsc_write(const char *smsc, uint8_t out[12]);
/* Skips it: the octets it took, or HL_EINVAL. */
int pdu_smsc_skip(const uint8_t *in, size_t len);

/* A time stamp (9.2.3.11): UTC seconds shown in a zone of quarters of an hour east. */
void pdu_time_write(int64_t utc_s, int zone_quarters, uint8_t out[7]);
/* "yy/MM/dd,hh:mm:ss+zz" as TS 27.005 3.1 shows it (20 characters and a NUL). */
void pdu_time_show(const uint8_t in[7], char out[32]);

/* TP-UDL and TP-UD. Returns the octets written to out[1 + PDU_UD_MAX], or HL_ERANGE where it is too long. */
int pdu_ud_write(const struct pdu_ud *ud, uint8_t *out);
/* Reads TP-UDL and all that follows, which must be exactly the user data. HL_EINVAL says it is not. */
int pdu_ud_read(const uint8_t *in, size_t len, uint8_t dcs, bool has_header, struct pdu_ud *ud);

/* Appends the element to the header; finds it (the last one wins, 9.2.3.24). */
void pdu_concat_write(struct pdu_ud *ud, const struct pdu_concat *concat);
struct pdu_concat pdu_concat_read(const struct pdu_ud *ud);

#endif
