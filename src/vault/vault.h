/* The vault: every key of the core and everything that is done with one. It seals texts so that only people open
 * them again, keeps phone numbers encrypted and looked up by a keyed hash, and never writes a key, a number or a
 * text anywhere but into the buffers it is given. Buffers of keys live in sodium_malloc() memory.
 *
 * Keys on disk, 32 random octets each, given by systemd credentials or, in development, files of mode 0600:
 *   number.key   phone numbers (XChaCha20-Poly1305)        alias.key   look-up hashes (keyed BLAKE2b)
 *   transit.key  what only passes through: parts, outbox   keyring.key the weekly keys' files
 * Weekly keys are files of their own in the keyring folder ("2026-W47.key", sealed under keyring.key), so that
 * destroying one makes that week's texts unreadable in every copy of the database.
 *
 * A text is sealed with a random data key of its own, because the core must be able to add to a case it cannot
 * read. The data key is sealed to the owning unit's public key and to the recovery key (envelope.h), and that is
 * wrapped under the week's key. */
#ifndef HL_VAULT_VAULT_H
#define HL_VAULT_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define VAULT_KEY 32                 /* octets of every key */
#define VAULT_HASH 32                /* octets of an alias or PDU hash */
#define VAULT_AEAD_EXTRA (24 + 16)   /* nonce and tag that sealing adds */
#define VAULT_SEALED_KEY (32 + 16 + 32) /* a 32-octet key sealed to a public key (crypto_box_seal) */
#define VAULT_WRAP (VAULT_AEAD_EXTRA + 32 + 24 + 2 * (16 + VAULT_KEY)) /* a sealed envelope */
#define VAULT_WEEK 9                 /* "2026-W47" and a NUL */

struct vault;

/* What a sealed text belongs to; changing any of it makes opening fail. */
struct vault_binding {
	const char *table;   /* "message", "quarantine", "part", "outbox" */
	int64_t row, case_id;
	int direction;       /* 0 in, 1 out */
	int64_t time_ms;
};

/* Starts libsodium: once is enough, every function here that may come first does it. Fatal where that fails. */
void vault_start(void);

/* Random decimal digits, 1 to 9 of them, each number as likely as any other; out gets a NUL after them. */
void vault_digits_new(size_t count, char *out);

/* Makes the four key files (mode 0600, fsynced) in dir, which must exist; HL_EEXIST if any is there: keys are never overwritten. */
int vault_create_keys(const char *dir, struct hl_reason *reason);

/* Whether dir holds all four key files (1), none (0) or some (HL_ECORRUPT: names one that is missing). */
int vault_have_keys(const char *dir, struct hl_reason *reason);
/* The name of a key file there that users other than its own may read or change; NULL where none is. */
const char *vault_key_exposed(const char *dir);

/* Reads the keys and locks them into memory. keyring_dir must exist and be writable. *vault is freed by vault_close(). HL_ENOENT: a
 * key file or the keyring folder is missing; HL_ECORRUPT: not a key, or keyring.key opens none of the keyring's files; HL_EIO. */
int vault_open(const char *keys_dir, const char *keyring_dir, struct vault **vault, struct hl_reason *reason);
void vault_close(struct vault *v);

/* The look-up hash of an E.164 number (or an alphanumeric sender). */
void vault_alias(const struct vault *v, const char *number, uint8_t alias[VAULT_HASH]);

/* The de-duplication hash of what was read from one SIM: (imsi, octets). Another key context than aliases. */
void vault_pdu_hash(const struct vault *v, const char *imsi, const void *pdu, size_t len, uint8_t hash[VAULT_HASH]);

/* Of a text that our modems send each other, so that nobody else can make one. */
void vault_loop_hash(const struct vault *v, const char *text, uint8_t hash[VAULT_HASH]);

/* Of a SIM's PIN, for knowing it again. */
void vault_pin_hash(const struct vault *v, const char *modem, const char *pin, uint8_t hash[VAULT_HASH]);

/* Of the code by which a person answers an alert, for finding the alert. Who has the file without the keys learns no code from it. */
void vault_ack_hash(const struct vault *v, const char *person, const char *code, uint8_t hash[VAULT_HASH]);

/* Of a request's token with who asked, or of a request with its name: for knowing again what was done. */
void vault_once_hash(const struct vault *v, const char *whose, const char *text, uint8_t hash[VAULT_HASH]);

/* What only who has our keys can say of the audit trail: that it had this many rows, the last with this hash. */
void vault_audit_mac(const struct vault *v, int64_t rows, const uint8_t head[VAULT_HASH], uint8_t mac[VAULT_HASH]);

/* What ties a backup to the hotline that made it: anybody who knows the public half of the recovery key could seal one, but only who has
 * our keys one that opens. */
void vault_backup_tie(const struct vault *v, uint8_t tie[VAULT_HASH]);

/* What something is about, for finding others about the same; again another key context. */
void vault_feature_hash(const struct vault *v, const void *data, size_t len, uint8_t hash[VAULT_HASH]);

/* Phone number <-> its encrypted form of strlen + VAULT_AEAD_EXTRA octets, bound to the alias of its row (which is not
 * always of the number alone). out of seal needs that room.
 * Opening is for the moment a text is handed to a link: HL_ECORRUPT where authentication fails or the number is another alias's,
 * HL_ERANGE where size is too small for it and a NUL. */
size_t vault_number_seal(const struct vault *v, const uint8_t alias[VAULT_HASH], const char *number, uint8_t *out);
int vault_number_open(const struct vault *v, const uint8_t alias[VAULT_HASH], const uint8_t *sealed, size_t len, char *number,
	size_t size);

/* What only passes through (parts waiting for siblings, texts waiting to be sent): under the transit key. Seal writes len +
 * VAULT_AEAD_EXTRA octets and returns that; open writes len - VAULT_AEAD_EXTRA octets and a NUL: HL_ERANGE (size), HL_ECORRUPT. */
size_t vault_transit_seal(const struct vault *v, const struct vault_binding *b, const char *text, size_t len, uint8_t *out);
int vault_transit_open(const struct vault *v, const struct vault_binding *b, const uint8_t *sealed, size_t len, char *text,
	size_t size);

/* Makes the key of the week that wall_ms is in, or reads it; what vault_text_seal() does on first use. To be called at start, so
 * that a keyring which cannot be used is told then and not with the first text. HL_EIO, HL_EFULL, HL_ECORRUPT. */
int vault_week_prepare(struct vault *v, int64_t wall_ms, struct hl_reason *reason);

/* Destroys a week's key for ever: what was sealed in that week is unreadable in every copy. HL_ENOENT, HL_EIO. */
int vault_week_destroy(struct vault *v, const char *week, struct hl_reason *reason);

/* Seals a text for good. out needs len + VAULT_AEAD_EXTRA octets; wrap and week are stored beside it. Makes the week's key
 * on first use (file fsynced before it is used): HL_EIO with the reason where that fails. */
int vault_text_seal(struct vault *v, const struct vault_binding *b, const uint8_t unit_public[VAULT_KEY],
	const uint8_t recovery_public[VAULT_KEY], int64_t wall_ms, const char *text, size_t len, uint8_t *out,
	uint8_t wrap[VAULT_WRAP], char week[VAULT_WEEK], struct hl_reason *reason);

/* Wraps a text's keys anew under the week that wall_ms is in, so that it outlives the week it came in; nobody's key is needed for
 * that, and nothing is opened. wrap and week are replaced. HL_ENOENT: its week's key is destroyed; HL_ECORRUPT: changed; HL_EIO. */
int vault_text_rewrap(struct vault *v, const struct vault_binding *b, int64_t wall_ms, uint8_t wrap[VAULT_WRAP],
	char week[VAULT_WEEK], struct hl_reason *reason);

/* The weeks that have a key, oldest first; how many were written to weeks[max], or HL_EIO. */
int vault_weeks(const struct vault *v, char weeks[][VAULT_WEEK], size_t max, struct hl_reason *reason);
/* When a week is over: the first ms after it; 0 where that is no week's name. */
int64_t vault_week_end_ms(const char *week);

/* Opens it with the secret key of the unit, or, with recovery true, of the recovery key. HL_ENOENT: the week's key is destroyed;
 * HL_EAUTH: not sealed to this key; HL_ECORRUPT: changed. text gets len - VAULT_AEAD_EXTRA octets and a NUL. */
int vault_text_open(struct vault *v, const struct vault_binding *b, const uint8_t secret[VAULT_KEY], bool recovery,
	const uint8_t *sealed, size_t len, const uint8_t wrap[VAULT_WRAP], const char *week, char *text, size_t size);

/* What was sealed until now is on disk, or given up: wipes what sealed it. To be called at the end of each turn; texts of one turn share
 * the sender's half of sealing, which makes each of them cheap. */
void vault_turn_over(struct vault *v);

#endif
