#include "ussd/codec.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define E164_MIN 7
#define E164_MAX 15
#define NATIONAL_DIGITS 8 /* numbers of so many digits, or fewer, have no country's code */

const struct codec *codec_find(const char *name)
{
	static const struct codec *const all[] = { &codec_africastalking, &codec_hubtel, &codec_infobip };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}

static bool charset_is_known(const char *parameters)
{
	const char *at = strcasestr(parameters, "charset=");
	size_t len;

	if (!at)
		return true;
	at += strlen("charset=");
	at += *at == '"';
	len = strcspn(at, "\"; \t");
	return (len == 5 && strncasecmp(at, "utf-8", 5) == 0) || (len == 4 && strncasecmp(at, "utf8", 4) == 0) ||
		(len == 8 && strncasecmp(at, "us-ascii", 8) == 0);
}

bool codec_type_is(const char *header, const char *type)
{
	size_t len = strcspn(header, "; \t");

	if (!*header)
		return true;
	return len == strlen(type) && strncasecmp(header, type, len) == 0 && charset_is_known(header + len);
}

bool codec_number(const char *from, const char *country, char out[WIRE_NUMBER_MAX + 1])
{
	bool international = *from == '+' || (strncmp(from, "00", 2) == 0 && strlen(from) > NATIONAL_DIGITS);
	size_t len;

	from += *from == '+' ? 1 : international ? 2 : 0;
	len = strlen(from);
	if (len == 0 || len > E164_MAX || strspn(from, "0123456789") != len)
		return false;
	if (!international && len <= NATIONAL_DIGITS)
		return snprintf(out, WIRE_NUMBER_MAX + 1, "+%s%s", country, from) > E164_MIN;
	if (len < E164_MIN || *from == '0')
		return false;
	snprintf(out, WIRE_NUMBER_MAX + 1, "+%s", from);
	return true;
}

static bool is_printable(const char *s)
{
	for (; *s; s++)
		if (*s < 0x21 || *s > 0x7E)
			return false;
	return true;
}

bool codec_session(const char *from, char out[WIRE_SESSION_MAX + 1])
{
	return *from && is_printable(from) && hl_strlcpy(out, WIRE_SESSION_MAX + 1, from) == 0;
}

void codec_label(const char *from, char out[WIRE_NAME_MAX + 1])
{
	if (!is_printable(from) || hl_strlcpy(out, WIRE_NAME_MAX + 1, from))
		*out = '\0';
}

void codec_cut(const char *from, char *out, size_t size)
{
	size_t len = strlen(from);

	if (len >= size) {
		len = size - 1;
		while (len > 0 && ((unsigned char)from[len] & 0xC0) == 0x80)
			len--;
	}
	memcpy(out, from, len);
	out[len] = '\0';
}
