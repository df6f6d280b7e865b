/* A note with any address, key, subject and text: it is refused, or its mail has exactly its own headers, short
 * lines of ASCII, and no line that SMTP or HTTP could take for its own; its webhook is one JSON object. */
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz/fuzz.h"
#include "notify/message.h"

#define LINE_MAX_OCTETS 998 /* RFC 5322 2.1.1 */
#define HEADERS 9           /* From To Date Message-ID Subject Auto-Submitted MIME-Version Content-Type Content-Transfer-Encoding */

/* The next field ends at a line feed. What is no UTF-8 cannot come over the wire. */
static size_t take(const char **at, const char *end, char *out, size_t size)
{
	const char *line = *at, *lf = memchr(line, '\n', (size_t)(end - line));
	size_t len = (size_t)((lf ? lf : end) - line);
	json_t *s;

	*at = lf ? lf + 1 : end;
	if (len >= size)
		len = size - 1;
	memcpy(out, line, len);
	for (size_t i = 0; i < len; i++)
		out[i] = out[i] == '\t' ? '\n' : out[i] == '\0' ? ' ' : out[i];
	out[len] = '\0';
	s = json_string(out);
	if (!s)
		out[0] = '\0';
	json_decref(s);
	return len;
}

static void check_mail(const char *mail)
{
	size_t headers = 0;
	int in_body = 0;

	for (const char *line = mail, *end; *line; line = end + 2) {
		end = strstr(line, "\r\n");
		must(end != NULL && end - line <= LINE_MAX_OCTETS);
		for (const char *c = line; c < end; c++)
			must((unsigned char)*c >= ' ' && (unsigned char)*c < 0x7f);
		headers += !in_body && end > line && *line != ' ';
		must(!in_body || *line != '.');
		in_body |= end == line;
	}
	must(in_body && (headers == HEADERS || headers == HEADERS + 1)); /* Importance */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_note *note = hl_calloc(1, sizeof(*note));
	const char *at = (const char *)data, *end = at + size;
	char *out;
	json_t *o;

	take(&at, end, note->channel, sizeof(note->channel));
	take(&at, end, note->address, sizeof(note->address));
	take(&at, end, note->key, sizeof(note->key));
	take(&at, end, note->subject, sizeof(note->subject));
	take(&at, end, note->priority, sizeof(note->priority));
	take(&at, end, note->text, sizeof(note->text));
	if (message_check(note, size % 2)) {
		free(note);
		return 0;
	}
	out = message_mail(note, "hotline@example.mn", 0);
	if (strcmp(note->channel, "mail") == 0)
		check_mail(out);
	free(out);
	out = message_webhook(note);
	o = json_loads(out, JSON_REJECT_DUPLICATES, NULL);
	must(json_object_size(o) == 6 && strcmp(json_string_value(json_object_get(o, "text")), note->text) == 0);
	json_decref(o);
	free(out);
	free(note);
	return 0;
}
