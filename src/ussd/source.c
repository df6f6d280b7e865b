#include "ussd/source.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define V4_BITS 96 /* before the four octets of IPv4 */

static void from_v4(const void *four, struct source *out)
{
	memset(out->octets, 0, 10);
	memset(out->octets + 10, 0xFF, 2);
	memcpy(out->octets + 12, four, 4);
}

static bool is_v4(const struct source *s)
{
	struct source v4;

	from_v4(s->octets + 12, &v4);
	return memcmp(&v4, s, sizeof(v4)) == 0;
}

bool source_read(const char *text, struct source *out)
{
	uint8_t four[4];

	if (inet_pton(AF_INET, text, four) == 1) {
		from_v4(four, out);
		return true;
	}
	return inet_pton(AF_INET6, text, out->octets) == 1;
}

bool source_of(const struct sockaddr *sa, struct source *out)
{
	if (sa->sa_family == AF_INET)
		from_v4(&((const struct sockaddr_in *)(const void *)sa)->sin_addr, out);
	else if (sa->sa_family == AF_INET6)
		memcpy(out->octets, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, 16);
	else
		return false;
	return true;
}

static const char *read_net(char *text, struct source_net *out)
{
	char *slash = strchr(text, '/'), *end = NULL;
	unsigned most;
	long bits;

	if (slash)
		*slash = '\0';
	if (!source_read(text, &out->base))
		return "is no address: write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32";
	most = is_v4(&out->base) && !strchr(text, ':') ? 32 : 128;
	bits = slash ? strtol(slash + 1, &end, 10) : (long)most;
	if (slash && (!slash[1] || *end || bits < 0 || bits > (long)most))
		return "has no network size from 0 to 32 (IPv6: 128) behind its slash";
	out->bits = (unsigned)bits + (most == 32 ? V4_BITS : 0);
	return NULL;
}

const char *source_read_nets(const char *text, struct source_nets *out, size_t *which)
{
	char *copy = hl_strdup(text), *rest = copy, *word;
	const char *why = NULL;

	out->count = 0;
	for (*which = 1; !why && (word = strtok_r(rest, " ,\t", &rest)); ++*which) {
		if (out->count == SOURCE_NETS_MAX)
			why = "is one too many";
		else
			why = read_net(word, &out->net[out->count++]);
		if (why)
			break;
	}
	free(copy);
	return why;
}

static bool covers(const struct source_net *net, const struct source *s)
{
	size_t whole = net->bits / 8;
	unsigned rest = net->bits % 8;
	uint8_t mask = (uint8_t)(0xFF00u >> rest);

	if (memcmp(net->base.octets, s->octets, whole) != 0)
		return false;
	return rest == 0 || ((net->base.octets[whole] ^ s->octets[whole]) & mask) == 0;
}

bool source_is_in(const struct source_nets *nets, const struct source *s)
{
	for (size_t i = 0; i < nets->count; i++)
		if (covers(&nets->net[i], s))
			return true;
	return false;
}

bool source_forwarded(const char *header, struct source *out)
{
	const char *last = strrchr(header, ',');
	char address[INET6_ADDRSTRLEN];

	last = last ? last + 1 : header;
	last += strspn(last, " \t");
	if (hl_strlcpy(address, sizeof(address), last))
		return false;
	address[strcspn(address, " \t")] = '\0';
	return source_read(address, out);
}

bool source_secret_is(const char *secret, const char *given)
{
	size_t len = strlen(secret), given_len = given ? strlen(given) : 0;
	unsigned char differs = (unsigned char)(!given || len != given_len);

	for (size_t i = 0; i < len; i++)
		differs |= (unsigned char)(secret[i] ^ (given_len ? given[i % given_len] : 0));
	return !differs;
}
