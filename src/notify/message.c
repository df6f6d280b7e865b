#include "notify/message.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/roster/address.h"

#define WORD_OCTETS 42 /* of UTF-8 in one encoded word: 75 characters at most (RFC 2047 2) */
#define LINE_OCTETS 57 /* of a body's line: 76 characters of base64 */

struct out { char *text; size_t len, room; };

static void put(struct out *o, const char *text, size_t len)
{
	if (o->len + len + 1 > o->room) {
		o->room = (o->len + len + 1) * 2;
		o->text = hl_realloc_array(o->text, o->room, 1);
	}
	memcpy(o->text + o->len, text, len);
	o->len += len;
	o->text[o->len] = '\0';
}

static void puts_(struct out *o, const char *text)
{
	put(o, text, strlen(text));
}

static void put_base64(struct out *o, const char *text, size_t len)
{
	char b[128];

	sodium_bin2base64(b, sizeof(b), (const unsigned char *)text, len, sodium_base64_VARIANT_ORIGINAL);
	puts_(o, b);
}

/* Octets of text that are at most `most` and end no character in its middle. */
static size_t whole(const char *text, size_t most)
{
	size_t len = strlen(text);

	if (len <= most)
		return len;
	while (most && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return most;
}

/* Always as encoded words: so no octet of the subject can end the line. */
static void put_subject(struct out *o, const char *subject)
{
	size_t n;

	puts_(o, "Subject:");
	for (bool first = true; *subject; subject += n, first = false) {
		n = whole(subject, WORD_OCTETS);
		puts_(o, first ? " =?UTF-8?B?" : "\r\n =?UTF-8?B?");
		put_base64(o, subject, n);
		puts_(o, "?=");
	}
	puts_(o, "\r\n");
}

static void put_date(struct out *o, time_t now)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	char line[96];
	struct tm tm;

	if (!gmtime_r(&now, &tm))
		return;
	snprintf(line, sizeof(line), "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
		tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
	puts_(o, line);
}

#define KEY_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

const char *message_check(const struct wire_note *note, bool http_loopback)
{
	bool mail = strcmp(note->channel, "mail") == 0;

	if (!mail && strcmp(note->channel, "webhook") != 0)
		return "hotlined names a channel that hotline-notify does not know: install one version of both";
	if (!*note->key || strspn(note->key, KEY_LETTERS) != strlen(note->key))
		return "hotlined gives a key that is none: install one version of both";
	if (mail)
		return address_check_mail(note->address) ? "the mail address is none: see roster.conf" : NULL;
	if (address_check_webhook(note->address))
		return "the webhook's URL is none: see roster.conf";
	if (strncmp(note->address, "https://", 8) != 0 && !http_loopback)
		return "webhooks must begin with https://: see roster.conf";
	return NULL;
}

char *message_mail(const struct wire_note *note, const char *from, time_t now)
{
	struct out o = { NULL, 0, 0 };
	const char *domain = strchr(from, '@');

	puts_(&o, "From: <");
	puts_(&o, from);
	puts_(&o, ">\r\nTo: <");
	puts_(&o, note->address);
	puts_(&o, ">\r\n");
	put_date(&o, now);
	puts_(&o, "Message-ID: <hotline-");
	puts_(&o, note->key);
	puts_(&o, domain ? domain : "@localhost");
	puts_(&o, ">\r\n");
	put_subject(&o, note->subject);
	if (strcmp(note->priority, "emergency") == 0 || strcmp(note->priority, "high") == 0)
		puts_(&o, "Importance: high\r\n"); /* RFC 4021 2.1.54 */
	puts_(&o, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: base64\r\n\r\n");
	for (size_t at = 0, len = strlen(note->text); at < len; at += LINE_OCTETS) {
		put_base64(&o, note->text + at, len - at < LINE_OCTETS ? len - at : LINE_OCTETS);
		puts_(&o, "\r\n");
	}
	return o.text;
}

char *message_webhook(const struct wire_note *note)
{
	json_t *o = json_object();
	char *body;

	json_object_set_new(o, "key", json_string(note->key));
	json_object_set_new(o, "purpose", json_string(note->purpose));
	json_object_set_new(o, "priority", json_string(note->priority));
	json_object_set_new(o, "code", json_string(note->code));
	json_object_set_new(o, "subject", json_string(note->subject));
	json_object_set_new(o, "text", json_string(note->text));
	body = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	return body;
}

void message_sign(const void *secret, size_t secret_len, time_t now, const char *body, char out[MESSAGE_SIGNATURE_MAX])
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	char hex[2 * sizeof(mac) + 1], stamp[32];
	crypto_auth_hmacsha256_state state;

	snprintf(stamp, sizeof(stamp), "%" PRId64 ".", (int64_t)now);
	crypto_auth_hmacsha256_init(&state, secret, secret_len);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)stamp, strlen(stamp));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, strlen(body));
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_memzero(&state, sizeof(state));
	sodium_bin2hex(hex, sizeof(hex), mac, sizeof(mac));
	snprintf(out, MESSAGE_SIGNATURE_MAX, "t=%" PRId64 ",v1=%s", (int64_t)now, hex);
}
