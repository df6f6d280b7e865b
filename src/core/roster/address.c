#include "core/roster/address.h"

#include <stdbool.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define LOCAL_MAX 64   /* octets before the @; RFC 5321 4.5.3.1.1 */
#define DOMAIN_MAX 255

/* Labels with dots between them, none empty. */
static bool is_dotted(const char *text, size_t len, const char *of)
{
	size_t label = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] != '.' && !strchr(of, text[i]))
			return false;
		if (text[i] == '.' && label == 0)
			return false;
		label = text[i] == '.' ? 0 : label + 1;
	}
	return label > 0;
}

const char *address_check_mail(const char *address)
{
	const char *at = strrchr(address, '@');

	if (!at || at == address || !at[1])
		return "must be like duty@example.mn";
	if (strlen(address) > 254 || at - address > LOCAL_MAX)
		return "is too long: at most 64 characters before the @ and 254 in all";
	if (!is_dotted(address, (size_t)(at - address), LETTERS "!#$%&'*+-/=?^_`{|}~"))
		return "has a character before the @ that no mail address may have";
	if (!is_dotted(at + 1, strlen(at + 1), LETTERS "-"))
		return "has no right domain after the @: letters, digits, hyphens and dots";
	return NULL;
}

static bool is_this_machine(const char *host, size_t len)
{
	static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == len && memcmp(names[i], host, len) == 0)
			return true;
	return false;
}

/* host[:port]; an IPv6 address in brackets. */
static size_t host_length(const char *authority, size_t len)
{
	const char *end = *authority == '[' ? memchr(authority, ']', len) : memchr(authority, ':', len);

	if (!end)
		return *authority == '[' ? 0 : len;
	return (size_t)(end - authority) + (*authority == '[');
}

const char *address_check_webhook(const char *url)
{
	bool plain = strncmp(url, "http://", 7) == 0;
	const char *authority = url + (plain ? 7 : 8);
	size_t len, host;

	if (!plain && strncmp(url, "https://", 8) != 0)
		return "must begin with https://";
	for (const unsigned char *c = (const unsigned char *)url; *c; c++)
		if (*c <= ' ' || *c >= 0x7f || strchr("\"<>\\^`{|}#", *c))
			return "has a character that no URL of a webhook may have: write it as % and two hexadecimal digits";
	len = strcspn(authority, "/?");
	host = host_length(authority, len);
	if (memchr(authority, '@', len))
		return "must not have a user or a password in it: the secret of its signature is in notify.conf";
	if (host == 0 || (*authority != '[' && !is_dotted(authority, host, LETTERS "-")))
		return "has no right host name";
	if (host < len && (authority[host] != ':' || len - host < 2 || strspn(authority + host + 1, "0123456789") < len - host - 1))
		return "has no right port after its host name";
	if (plain && !is_this_machine(authority, host))
		return "must begin with https://; http:// is for 127.0.0.1 only";
	return NULL;
}
