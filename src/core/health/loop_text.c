#include "core/health/loop_text.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/hex.h"

#define TAG 8 /* octets of the keyed hash */

/* What the tag covers; its length, without the NUL. */
static size_t make_body(const struct loop_text *t, char *out, size_t size)
{
	return (size_t)snprintf(out, size, "loop %s %s %" PRId64 " ", t->from, t->to, t->time_ms);
}

static void make_tag(const struct vault *v, const char *body, char tag[2 * TAG + 1])
{
	uint8_t hash[VAULT_HASH];

	vault_loop_hash(v, body, hash);
	hl_hex_encode(hash, TAG, tag);
}

void loop_text_make(const struct vault *v, const struct loop_text *t, char out[LOOP_TEXT_MAX + 1])
{
	size_t len = make_body(t, out, LOOP_TEXT_MAX + 1 - 2 * TAG);

	make_tag(v, out, out + len);
}

bool loop_text_read(const struct vault *v, const char *text, struct loop_text *t)
{
	char body[LOOP_TEXT_MAX + 1], tag[2 * TAG + 1];
	size_t len;

	if (sscanf(text, "loop %32s %32s %" SCNd64, t->from, t->to, &t->time_ms) != 3)
		return false;
	len = make_body(t, body, sizeof(body));
	make_tag(v, body, tag);
	return strncmp(text, body, len) == 0 && strlen(text) == len + 2 * TAG && sodium_memcmp(text + len, tag, 2 * TAG) == 0;
}
