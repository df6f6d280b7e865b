/* Any +CUSD line, in each encoding: a text within bounds that is UTF-8, holds no control character but LF, and is
 * understood the same when it is written and read again. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "modem/ussd_code.h"
#include "text/utf8.h"

/* What fits one request comes back from the modem as it was. */
static void there_and_back(const char *text, enum profile_ussd encoding)
{
	char command[USSD_COMMAND_MAX], line[USSD_COMMAND_MAX + 16] = "+CUSD: 0,";
	struct ussd_heard heard;
	struct hl_reason why = { "" };

	if (ussd_write(text, encoding, 15, command, &why)) {
		must(why.text[0] != '\0');
		return;
	}
	strcat(line, strchr(command, '"'));
	must(ussd_read(line, encoding, &heard) == 0);
	must(strlen(heard.text) == strlen(text));
	for (size_t i = 0; text[i]; i++) /* a string that goes as it stands has blanks for its line feeds */
		must(heard.text[i] == text[i] || (text[i] == '\n' && heard.text[i] == ' '));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char line[1025];
	size_t n = size < sizeof(line) - 1 ? size : sizeof(line) - 1;
	struct ussd_heard heard;

	memcpy(line, data, n);
	line[n] = '\0';
	for (int e = PROFILE_USSD_PLAIN; e <= PROFILE_USSD_AUTO; e++) {
		if (e == PROFILE_USSD_NONE || ussd_read(line, (enum profile_ussd)e, &heard))
			continue;
		must(heard.m >= 0 && heard.m <= 5 && heard.dcs >= 0 && heard.dcs <= 255);
		must(strlen(heard.text) <= WIRE_USSD_MAX && utf8_valid(heard.text, strlen(heard.text)));
		for (const char *p = heard.text; *p; p++)
			must((unsigned char)*p >= 0x20 || *p == '\n');
		for (int to = PROFILE_USSD_PLAIN; to <= PROFILE_USSD_UCS2; to++)
			there_and_back(heard.text, (enum profile_ussd)to);
	}
	return 0;
}
