/* One mail or one call of a webhook by libcurl, from the connection to the verdict. It blocks until the server has
 * answered or timeout_s is over, so each runs in a thread of its own (carrier.h): libcurl itself waits inside for
 * the answer to a mail's last octet, for QUIT and for names. Must never follow a redirect, use a proxy, or speak to
 * a server that its certificate does not fit. */
#ifndef HL_NOTIFY_TRANSFER_H
#define HL_NOTIFY_TRANSFER_H

#include "notify/settings.h"
#include "notify/verdict.h"
#include "wire/link.h"

struct outcome {
	int64_t id;            /* of the note */
	struct verdict verdict;
	int64_t answer;        /* the status by which the server refuses it, 0: it does not */
	bool read;             /* the webhook says that a person has read it */
};

/* The note must have passed message_check(). Reads only what it is given, so many may run at once. */
void transfer_run(const struct settings *settings, const struct wire_note *note, struct outcome *out);

#endif
