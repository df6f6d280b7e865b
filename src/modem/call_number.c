#include "modem/call_number.h"

#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "modem/at_line.h"

#define TYPE_INTERNATIONAL 145 /* TS 24.008 10.5.4.7: type of address */

/* Modems under AT+CSCS="UCS2" write numbers as four digits a character, too. */
static void undo_ucs2(char *number)
{
	size_t len = strlen(number), n = 0;
	uint8_t octets[4 * WIRE_NUMBER_MAX];
	int count = len >= 16 && len % 4 == 0 && strncmp(number, "00", 2) == 0 ?
		hl_hex_decode(number, len, octets, sizeof(octets)) : 0;

	for (int i = 0; i < count; i += 2)
		if (octets[i] != 0 || octets[i + 1] < 0x20 || octets[i + 1] > 0x7E)
			return;
	for (int i = 0; i < count; i += 2)
		number[n++] = (char)octets[i + 1];
	if (count)
		number[n] = '\0';
}

void call_number(const char *line, char out[WIRE_NUMBER_MAX + 1])
{
	char number[8 * WIRE_NUMBER_MAX + 2];
	const char *digits = number;
	int type = 0;

	*out = '\0';
	if (!at_field_text(line, 0, number, sizeof(number)))
		return;
	undo_ucs2(number);
	at_field_int(line, 1, &type);
	digits += *digits == '+';
	if (!*digits || strspn(digits, "0123456789") != strlen(digits) || strlen(digits) >= WIRE_NUMBER_MAX)
		return; /* withheld, or a name: nobody to be texted */
	if (type == TYPE_INTERNATIONAL || digits > number)
		*out++ = '+';
	hl_strlcpy(out, WIRE_NUMBER_MAX, digits);
}
