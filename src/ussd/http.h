/* An HTTP server for small requests: GNU libmicrohttpd on our event loop, with limits on header, body, connections
 * and time. It knows nothing of USSD. TLS is the proxy's in front. Why not libevent's evhttp: docs/ussd-gateway.md. */
#ifndef HL_USSD_HTTP_H
#define HL_USSD_HTTP_H

#include <event2/event.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "ussd/source.h"

struct http_server;

#define HTTP_TARGET_MAX 1024 /* octets of a path with its query */
#define HTTP_METHOD_MAX 7
#define HTTP_TYPE_MAX 127

struct http_limits {
	size_t header_max, body_max; /* octets: of request line and header together; of the body */
	unsigned connections_max;    /* more wait in the backlog until one is over */
	unsigned per_source;         /* connections of one address; 0: as many as there are */
	int64_t request_ms;          /* until a request is here as a whole, and again until its answer is read */
	int64_t idle_ms;             /* from one request that was answered with 200 until the next one begins */
};

/* A request. It lives until it is answered; or, where the server is freed first, until gone(). */
struct http_exchange {
	char method[HTTP_METHOD_MAX + 1];
	char target[HTTP_TARGET_MAX + 1]; /* path and query, as they came */
	char type[HTTP_TYPE_MAX + 1];     /* Content-Type */
	struct source source;             /* who connected */
	char *body;                       /* with a NUL behind it */
	size_t body_len;
	void *data;                       /* the owner's */
};

struct http_ops {
	/* Its header is here: 0 to go on, or the status to refuse it with, before its body is read. */
	int (*head)(void *arg, struct http_exchange *x);
	/* All of it is here; http_answer() now or later. */
	void (*request)(void *arg, struct http_exchange *x);
	/* It is gone without an answer: forget it. */
	void (*gone)(void *arg, struct http_exchange *x);
};

/* Serves on the listening socket, which it takes over. NULL with the reason. */
struct http_server *http_new(struct event_base *base, int fd, const struct http_limits *limits,
	const struct http_ops *ops, void *arg,
	struct hl_reason *why);
void http_free(struct http_server *s);

/* Answers; x is not to be used any more. The body is copied. */
void http_answer(struct http_exchange *x, int status, const char *type, const char *body);

/* The last value of a header of that name, NULL where there is none; only inside head(). */
const char *http_header(struct http_exchange *x, const char *name);

#endif
