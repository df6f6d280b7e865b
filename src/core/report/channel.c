#include "core/report/channel.h"

#include <stdio.h>
#include <string.h>

#include "store/tally.h"

void channel_count(struct core *core, const char *channel, const char *what)
{
	char key[64];

	if (strncmp(channel, "ussd:", 5) != 0 && strcmp(channel, "call") != 0)
		channel = "sms"; /* whatever modem it came by */
	snprintf(key, sizeof(key), "%s %s", channel, what);
	tally_add(core->store, hl_wall_ms(core->clock), "channel", key, 1);
}
