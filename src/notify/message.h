/* What goes over the network, as octets: a mail, a webhook's body and its signature. Pure: no clock, no socket, no
 * file. Must never let a note's words become a header, an address or a part of another field. */
#ifndef HL_NOTIFY_MESSAGE_H
#define HL_NOTIFY_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "wire/link.h"

#define MESSAGE_SIGNATURE_MAX 128

/* NULL, or why no server shall see this note, with the mend: its address or key is none, so that nothing of it could
 * end a line of SMTP or HTTP. http_loopback: http:// to this machine may be. */
const char *message_check(const struct wire_note *note, bool http_loopback);

/* An RFC 5322 mail in UTF-8, lines ended by CR LF; its Message-ID is the note's key at the domain of from, so that a
 * repeat can be recognised; Auto-Submitted (RFC 3834), so that no machine answers. free(3) it. */
char *message_mail(const struct wire_note *note, const char *from, time_t now);

/* One JSON object: key, purpose, priority, code, subject, text. free(3) it. */
char *message_webhook(const struct wire_note *note);

/* "t=<time>,v1=<hex of HMAC-SHA256(secret, "<time>." and body)>". */
void message_sign(const void *secret, size_t secret_len, time_t now, const char *body, char out[MESSAGE_SIGNATURE_MAX]);

#endif
