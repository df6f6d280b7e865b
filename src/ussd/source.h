/* Where a request comes from, and whether that place and its secret may speak for an operator. Pure. */
#ifndef HL_USSD_SOURCE_H
#define HL_USSD_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#define SOURCE_NETS_MAX 32

/* An address of either family as 16 octets; IPv4 as ::ffff:a.b.c.d. */
struct source { uint8_t octets[16]; };

struct source_net { struct source base; unsigned bits; };

struct source_nets {
	struct source_net net[SOURCE_NETS_MAX];
	size_t count;
};

/* "192.0.2.1" or "2001:db8::1". */
bool source_read(const char *text, struct source *out);

/* False for anything but IPv4 and IPv6. */
bool source_of(const struct sockaddr *sa, struct source *out);

/* Addresses and networks ("192.0.2.0/24") with spaces between. NULL, or what is wrong with which of them (from 1). */
const char *source_read_nets(const char *text, struct source_nets *out, size_t *which);

bool source_is_in(const struct source_nets *nets, const struct source *s);

/* The address that the proxy in front tells: the last one of the header's list, which is the one it added itself. */
bool source_forwarded(const char *header, struct source *out);

/* Compares in a time that tells nothing of where they differ. A given of NULL is none. */
bool source_secret_is(const char *secret, const char *given);

#endif
