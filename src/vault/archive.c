#include "vault/archive.h"

#include <sodium.h>
#include <string.h>
#include <sysexits.h>

#include "vault/people.h"

_Static_assert(ARCHIVE_EXTRA == crypto_secretstream_xchacha20poly1305_ABYTES, "what a chunk grows by");
_Static_assert(ARCHIVE_START == VAULT_SEALED_KEY + crypto_secretstream_xchacha20poly1305_HEADERBYTES, "what a stream starts with");
_Static_assert(VAULT_KEY == crypto_secretstream_xchacha20poly1305_KEYBYTES, "one size of keys");

struct archive { /* in sodium_malloc() memory */
	crypto_secretstream_xchacha20poly1305_state state;
	char head[ARCHIVE_HEAD_MAX + 1];
	bool begun; /* the head goes into the first chunk's authentication */
};

static struct archive *archive_new(const char *head)
{
	struct archive *a;

	vault_start();
	a = sodium_malloc(sizeof(*a));
	if (!a)
		hl_fatal(EX_OSERR, "out of memory for keys");
	sodium_memzero(a, sizeof(*a));
	snprintf(a->head, sizeof(a->head), "%s", head);
	return a;
}

void archive_free(struct archive *a)
{
	sodium_free(a); /* wipes */
}

static const uint8_t *ad_of(struct archive *a, unsigned long long *len)
{
	*len = a->begun ? 0 : strlen(a->head);
	a->begun = true;
	return (const uint8_t *)a->head;
}

/* Of the half that is sealed, in its place. */
static void tie_key(uint8_t key[VAULT_KEY], const uint8_t tie[VAULT_HASH])
{
	uint8_t half[VAULT_KEY];

	memcpy(half, key, sizeof(half));
	crypto_generichash(key, VAULT_KEY, tie, VAULT_HASH, half, sizeof(half));
	sodium_memzero(half, sizeof(half));
}

struct archive *archive_seal_new(const uint8_t recovery_public[VAULT_KEY], const uint8_t tie[VAULT_HASH], const char *head,
	uint8_t start[ARCHIVE_START])
{
	struct archive *a = archive_new(head);
	uint8_t key[VAULT_KEY];

	crypto_secretstream_xchacha20poly1305_keygen(key);
	vault_key_seal(key, recovery_public, start);
	tie_key(key, tie);
	crypto_secretstream_xchacha20poly1305_init_push(&a->state, start + VAULT_SEALED_KEY, key);
	sodium_memzero(key, sizeof(key));
	return a;
}

size_t archive_seal(struct archive *a, const void *data, size_t len, bool last, uint8_t *out)
{
	unsigned long long ad_len, out_len = 0;
	const uint8_t *ad = ad_of(a, &ad_len);

	crypto_secretstream_xchacha20poly1305_push(&a->state, out, &out_len, data, len, ad, ad_len,
		last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
	return (size_t)out_len;
}

int archive_open_new(const uint8_t recovery_public[VAULT_KEY], const uint8_t recovery_secret[VAULT_KEY], const uint8_t tie[VAULT_HASH],
	const char *head, const uint8_t start[ARCHIVE_START], struct archive **out)
{
	struct archive *a = archive_new(head);
	uint8_t key[VAULT_KEY];
	int err = vault_key_open(start, recovery_public, recovery_secret, key);

	if (!err)
		tie_key(key, tie);
	if (!err && crypto_secretstream_xchacha20poly1305_init_pull(&a->state, start + VAULT_SEALED_KEY, key) != 0)
		err = HL_ECORRUPT;
	sodium_memzero(key, sizeof(key));
	if (err) {
		archive_free(a);
		a = NULL;
	}
	*out = a;
	return err;
}

int archive_open(struct archive *a, const uint8_t *sealed, size_t len, void *data, bool *last)
{
	unsigned long long ad_len;
	const uint8_t *ad = ad_of(a, &ad_len);
	unsigned char tag = 0;

	if (len < ARCHIVE_EXTRA || crypto_secretstream_xchacha20poly1305_pull(&a->state, data, NULL, &tag, sealed, len, ad, ad_len) != 0)
		return HL_ECORRUPT;
	*last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	return 0;
}
