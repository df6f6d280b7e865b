/* Any line on the link: it is refused with a reason, or it says the same after it was written and read again. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz/fuzz.h"
#include "wire/link.h"
#include "wire/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct wire_link_msg msg, again;
	static struct modem_profile profile;
	struct hl_reason why = { "" };
	char *line, *second;

	if (wire_link_decode((const char *)data, size, &msg, &why)) {
		must(why.text[0] != '\0');
		return 0;
	}
	if (msg.type == WIRE_WELCOME)
		modem_profile_decode(msg.u.welcome.profile, &profile, &why);
	line = wire_link_encode(&msg);
	must(wire_link_decode(line, strlen(line), &again, &why) == 0);
	second = wire_link_encode(&again);
	must(strcmp(line, second) == 0);
	free(line);
	free(second);
	wire_link_clear(&msg);
	wire_link_clear(&again);
	return 0;
}
