/* USSD strings as modems write them in +CUSD (TS 27.007 7.15), both ways: data coding schemes 15, 17, 72 and the rest of TS
 * 23.038 5, GSM-7 plain or packed, UCS-2 digits, the carriage return that pads. Pure. Whatever a modem says gives some text
 * within bounds; nothing is cut from what we say: too long is refused. */
#ifndef HL_MODEM_USSD_CODE_H
#define HL_MODEM_USSD_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "wire/link.h"
#include "wire/profile.h"

#define USSD_OCTETS_MAX 160   /* of a string on the radio (TS 24.090) */
#define USSD_SEPTETS_MAX 182
#define USSD_UNITS_MAX 80     /* UCS-2 */
#define USSD_COMMAND_MAX 768  /* AT+CUSD with 182 characters, each as four digits */

enum ussd_alphabet { USSD_GSM7, USSD_8BIT, USSD_UNITS, USSD_COMPRESSED };

/* TS 23.038 5. *language: two letters of a language come first (schemes 16 and 17). */
enum ussd_alphabet ussd_alphabet_of(int dcs, bool *language);

struct ussd_heard {
	int m;                        /* TS 27.007 7.15: 0..5 */
	bool said;                    /* there is a string, perhaps empty */
	int dcs;                      /* 15 where none is told */
	char text[WIRE_USSD_MAX + 1]; /* UTF-8; line ends as LF */
};

/* Reads a "+CUSD: ..." line, its lines joined (at_line.h). PROFILE_USSD_AUTO: digits where the scheme is UCS-2. HL_EINVAL
 * where it has no <m> of 0..5. */
int ussd_read(const char *line, enum profile_ussd encoding, struct ussd_heard *out);

/* Writes AT+CUSD=1,"...",dcs for a text; the scheme is 72 where its characters need UCS-2. HL_ERANGE: more than 182
 * characters, or 80 where one of them is not in the GSM alphabet; HL_EINVAL: empty, not UTF-8, or with a control
 * character other than a line feed, which is a blank where the modem takes the string as it stands. The reason names the
 * mend and not the text. */
int ussd_write(const char *text, enum profile_ussd encoding, int dcs, char out[USSD_COMMAND_MAX],
	       struct hl_reason *reason);

#endif
