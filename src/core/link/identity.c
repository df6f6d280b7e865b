#include "core/link/identity.h"

#include <stdio.h>
#include <string.h>

#define SHORT_DIGITS 6

/* Whether path is the port itself or stands in the list of its other names. */
static bool is_port(const struct wire_hello *hello, const char *path)
{
	size_t len = strlen(path);

	if (strcmp(hello->port, path) == 0)
		return true;
	for (const char *p = hello->links; *p; p += strcspn(p, " "), p += strspn(p, " "))
		if (strcspn(p, " ") == len && strncmp(p, path, len) == 0)
			return true;
	return false;
}

const struct config_modem *identity_find(const struct config_modem *modems, size_t count, const struct wire_hello *hello)
{
	const struct config_modem *by_port = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct config_modem *m = &modems[i];
		if (!hello->port[0]) {
			if (strcmp(m->name, hello->name) == 0)
				return m;
			continue;
		}
		if (m->imei[0] && strcmp(m->imei, hello->imei) == 0)
			return m;
		if (!by_port && m->tty[0] && !m->imei[0] && is_port(hello, m->tty))
			by_port = m;
	}
	return by_port;
}

void identity_name(const char *imei, bool whole, char out[WIRE_NAME_MAX + 1])
{
	size_t len = strlen(imei);

	snprintf(out, WIRE_NAME_MAX + 1, "usb-%s", whole || len < SHORT_DIGITS ? imei : imei + len - SHORT_DIGITS);
}
