/* A file that only the recovery key together with the tie (vault_backup_tie()) opens: a stream of chunks
 * (XChaCha20-Poly1305, secretstream) under a key made of both, the one half of it sealed to the recovery key's public
 * half. A chunk that is changed, missing, moved or cut off at the end is found out. The head is a line that anybody may
 * read, and nobody change. */
#ifndef HL_VAULT_ARCHIVE_H
#define HL_VAULT_ARCHIVE_H

#include <stdbool.h>

#include "vault/vault.h"

#define ARCHIVE_HEAD_MAX 200
#define ARCHIVE_CHUNK 24000          /* octets of plain text in a chunk; every one but the last is full */
#define ARCHIVE_EXTRA 17             /* that sealing adds to a chunk */
#define ARCHIVE_START (VAULT_SEALED_KEY + 24)

struct archive;

/* To write: start gets what stands behind the head, ARCHIVE_START octets. Ends with archive_free(), which wipes. */
struct archive *archive_seal_new(const uint8_t recovery_public[VAULT_KEY], const uint8_t tie[VAULT_HASH], const char *head,
	uint8_t start[ARCHIVE_START]);
/* out gets len + ARCHIVE_EXTRA octets, which it returns. */
size_t archive_seal(struct archive *a, const void *data, size_t len, bool last, uint8_t *out);

/* To read: HL_EAUTH where this key does not open it. Another tie is found out with the first chunk. */
int archive_open_new(const uint8_t recovery_public[VAULT_KEY], const uint8_t recovery_secret[VAULT_KEY], const uint8_t tie[VAULT_HASH],
	const char *head, const uint8_t start[ARCHIVE_START], struct archive **a);
/* data gets len - ARCHIVE_EXTRA octets. HL_ECORRUPT. */
int archive_open(struct archive *a, const uint8_t *sealed, size_t len, void *data, bool *last);

void archive_free(struct archive *a);

#endif
