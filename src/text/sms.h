/* How a text is cut into short messages: GSM-7 where every character fits it, else UCS-2; 160 septets or 70 UTF-16
 * units in one part, 153 or 67 in each of more (TS 23.040 9.2.3.24.1, 8-bit reference). A cut never falls inside
 * a character, an escape pair or a surrogate pair. Pure. */
#ifndef HL_TEXT_SMS_H
#define HL_TEXT_SMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum sms_coding { SMS_GSM7 = 7, SMS_UCS2 = 16 };

struct sms_cut {
	enum sms_coding coding;
	size_t units;          /* septets or UTF-16 units in all */
	size_t parts;          /* 1 or more */
	uint32_t forced_by;    /* the first character that GSM-7 lacks, 0 if none */
};

/* Measures a text: HL_EINVAL where it is not UTF-8. An empty text has one part. */
int sms_measure(const char *text, size_t len, struct sms_cut *cut);

/* Cuts it: ends[i] is the byte offset at which part i ends, in text; at most max parts, else HL_ERANGE. */
int sms_split(const char *text, size_t len, struct sms_cut *cut, size_t *ends, size_t max);

/* One part as units: septets (one an octet) for SMS_GSM7, UTF-16 big-endian octets for SMS_UCS2. Returns the number of
 * octets written to out[max], or HL_ERANGE. The text is one that sms_split gave for that coding. */
int sms_encode_part(const char *text, size_t len, enum sms_coding coding, uint8_t *out, size_t max);

#endif
