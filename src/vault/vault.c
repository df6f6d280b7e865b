/* The keys themselves, and what is done with the long-lived ones: aliases, PDU hashes, numbers, transit. */
#include "vault/vault.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "vault/aead.h"
#include "vault/keyring.h"

#define PATH_LEN 320

struct key_file { const char *name; size_t offset; const char *needed_for; };

static const struct key_file key_files[] = {
	{ "number.key", offsetof(struct vault, number), "phone numbers" },
	{ "alias.key", offsetof(struct vault, alias), "finding contacts again" },
	{ "transit.key", offsetof(struct vault, transit), "texts waiting to be sent" },
	{ "keyring.key", offsetof(struct vault, keyring), "the weekly keys" },
};

#define KEY_FILES (sizeof(key_files) / sizeof(key_files[0]))

void vault_start(void)
{
	if (sodium_init() < 0)
		hl_fatal(EX_OSERR, "libsodium cannot start: the kernel gives no random octets");
}

void vault_digits_new(size_t count, char *out)
{
	uint32_t below = 1;

	vault_start();
	assert(count >= 1 && count <= 9);
	for (size_t i = 0; i < count; i++)
		below *= 10;
	snprintf(out, count + 1, "%0*u", (int)count, randombytes_uniform(below));
}

static void path_of(const char *dir, const char *name, char path[PATH_LEN])
{
	snprintf(path, PATH_LEN, "%s/%s", dir, name);
}

int vault_have_keys(const char *dir, struct hl_reason *reason)
{
	char path[PATH_LEN];
	const char *missing = NULL;
	size_t have = 0;

	for (size_t i = 0; i < KEY_FILES; i++) {
		path_of(dir, key_files[i].name, path);
		if (access(path, F_OK) == 0)
			have++;
		else
			missing = key_files[i].name;
	}
	if (have > 0 && missing)
		return hl_fail(reason, HL_ECORRUPT, "%s/%s is missing beside other keys; restore it from where keys are kept", dir, missing);
	return have == KEY_FILES;
}

const char *vault_key_exposed(const char *dir)
{
	char path[PATH_LEN];
	struct stat st;

	for (size_t i = 0; i < KEY_FILES; i++) {
		path_of(dir, key_files[i].name, path);
		if (stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)))
			return key_files[i].name;
	}
	return NULL;
}

int vault_create_keys(const char *dir, struct hl_reason *reason)
{
	char path[PATH_LEN];
	uint8_t key[VAULT_KEY];
	int err = 0;

	vault_start();
	for (size_t i = 0; i < KEY_FILES; i++) {
		path_of(dir, key_files[i].name, path);
		if (access(path, F_OK) == 0)
			return hl_fail(reason, HL_EEXIST, "%s is there already; keys are never overwritten", path);
	}
	for (size_t i = 0; !err && i < KEY_FILES; i++) {
		path_of(dir, key_files[i].name, path);
		randombytes_buf(key, sizeof(key));
		err = hl_write_new_file(path, key, sizeof(key), reason);
	}
	sodium_memzero(key, sizeof(key));
	return err;
}

static int read_key(const char *dir, const struct key_file *file, uint8_t key[VAULT_KEY], struct hl_reason *reason)
{
	char path[PATH_LEN];
	ssize_t n;

	path_of(dir, file->name, path);
	n = hl_read_file(path, key, VAULT_KEY, reason);
	if (n == HL_ENOENT)
		return hl_fail(reason, HL_ENOENT, "the key file %s (for %s) is missing; restore it from where keys are kept", path,
			file->needed_for);
	if (n == HL_EIO)
		return HL_EIO;
	if (n != VAULT_KEY || sodium_is_zero(key, VAULT_KEY))
		return hl_fail(reason, HL_ECORRUPT, "%s is not a key of %d octets; restore it from where keys are kept", path, VAULT_KEY);
	return 0;
}

int vault_open(const char *keys_dir, const char *keyring_dir, struct vault **vault, struct hl_reason *reason)
{
	struct vault *v;
	int err = 0;

	*vault = NULL;
	vault_start();
	v = sodium_malloc(sizeof(*v));
	if (!v)
		hl_fatal(EX_OSERR, "out of memory for keys");
	sodium_memzero(v, sizeof(*v));
	if (hl_strlcpy(v->keyring_dir, sizeof(v->keyring_dir), keyring_dir) != 0)
		err = hl_fail(reason, HL_EIO, "path too long: %s", keyring_dir);
	for (size_t i = 0; !err && i < KEY_FILES; i++)
		err = read_key(keys_dir, &key_files[i], (uint8_t *)v + key_files[i].offset, reason);
	if (!err)
		err = keyring_check(v, reason);
	if (err)
		vault_close(v);
	else
		*vault = v;
	return err;
}

void vault_close(struct vault *v)
{
	sodium_free(v); /* wipes */
}

/* The personal string keeps hashes for one purpose apart from another's under the same key. */
static void start_hash(const struct vault *v, const char *purpose, crypto_generichash_blake2b_state *h)
{
	uint8_t personal[crypto_generichash_blake2b_PERSONALBYTES] = { 0 };

	memcpy(personal, purpose, strlen(purpose));
	crypto_generichash_blake2b_init_salt_personal(h, v->alias, VAULT_KEY, VAULT_HASH, NULL, personal);
}

void vault_alias(const struct vault *v, const char *number, uint8_t alias[VAULT_HASH])
{
	crypto_generichash_blake2b_state h;

	start_hash(v, "hotlined alias", &h);
	crypto_generichash_blake2b_update(&h, (const uint8_t *)number, strlen(number));
	crypto_generichash_blake2b_final(&h, alias, VAULT_HASH);
	sodium_memzero(&h, sizeof(h));
}

void vault_backup_tie(const struct vault *v, uint8_t tie[VAULT_HASH])
{
	crypto_generichash_blake2b_state h;

	start_hash(v, "hotlined backup", &h);
	crypto_generichash_blake2b_final(&h, tie, VAULT_HASH);
	sodium_memzero(&h, sizeof(h));
}

void vault_feature_hash(const struct vault *v, const void *data, size_t len, uint8_t hash[VAULT_HASH])
{
	crypto_generichash_blake2b_state h;

	start_hash(v, "hotlined about", &h);
	crypto_generichash_blake2b_update(&h, data, len);
	crypto_generichash_blake2b_final(&h, hash, VAULT_HASH);
}

void vault_pdu_hash(const struct vault *v, const char *imsi, const void *pdu, size_t len, uint8_t hash[VAULT_HASH])
{
	crypto_generichash_blake2b_state h;

	start_hash(v, "hotlined pdu", &h);
	crypto_generichash_blake2b_update(&h, (const uint8_t *)imsi, strlen(imsi) + 1); /* its NUL parts it from the octets */
	crypto_generichash_blake2b_update(&h, pdu, len);
	crypto_generichash_blake2b_final(&h, hash, VAULT_HASH);
	sodium_memzero(&h, sizeof(h));
}

void vault_loop_hash(const struct vault *v, const char *text, uint8_t hash[VAULT_HASH])
{
	crypto_generichash_blake2b_state h;

	start_hash(v, "hotlined loop", &h);
	crypto_generichash_blake2b_update(&h, (const uint8_t *)text, strlen(text));
	crypto_generichash_blake2b_final(&h, hash, VAULT_HASH);
	sodium_memzero(&h, sizeof(h));
}

/* A short secret of somebody. */
static void secret_hash(const struct vault *v, const char *context, const char *whose, const char *secret, uint8_t hash[VAULT_HASH])
{
	crypto_generichash_blake2b_state h;

	start_hash(v, context, &h);
	crypto_generichash_blake2b_update(&h, (const uint8_t *)whose, strlen(whose) + 1);
	crypto_generichash_blake2b_update(&h, (const uint8_t *)secret, strlen(secret));
	crypto_generichash_blake2b_final(&h, hash, VAULT_HASH);
	sodium_memzero(&h, sizeof(h));
}

void vault_pin_hash(const struct vault *v, const char *modem, const char *pin, uint8_t hash[VAULT_HASH])
{
	secret_hash(v, "hotlined pin", modem, pin, hash);
}

void vault_ack_hash(const struct vault *v, const char *person, const char *code, uint8_t hash[VAULT_HASH])
{
	secret_hash(v, "hotlined ack", person, code, hash);
}

void vault_once_hash(const struct vault *v, const char *whose, const char *text, uint8_t hash[VAULT_HASH])
{
	secret_hash(v, "hotlined once", whose, text, hash);
}

void vault_audit_mac(const struct vault *v, int64_t rows, const uint8_t head[VAULT_HASH], uint8_t mac[VAULT_HASH])
{
	crypto_generichash_blake2b_state h;
	uint8_t octets[8];

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)((uint64_t)rows >> (8 * i));
	start_hash(v, "hotlined audit", &h);
	crypto_generichash_blake2b_update(&h, octets, sizeof(octets));
	crypto_generichash_blake2b_update(&h, head, VAULT_HASH);
	crypto_generichash_blake2b_final(&h, mac, VAULT_HASH);
	sodium_memzero(&h, sizeof(h));
}

static void number_ad(struct vault_ad *ad, const uint8_t alias[VAULT_HASH])
{
	vault_ad_start(ad, "hotlined number");
	vault_ad_octets(ad, alias, VAULT_HASH);
}

size_t vault_number_seal(const struct vault *v, const uint8_t alias[VAULT_HASH], const char *number, uint8_t *out)
{
	struct vault_ad ad;

	number_ad(&ad, alias);
	return vault_aead_seal(v->number, &ad, number, strlen(number), out);
}

/* Opens into a buffer of size octets and ends it with a NUL. */
static int open_text(const uint8_t key[VAULT_KEY], const struct vault_ad *ad, const uint8_t *sealed, size_t len, char *text,
	size_t size)
{
	int err;

	if (len < VAULT_AEAD_EXTRA)
		return HL_ECORRUPT;
	if (len - VAULT_AEAD_EXTRA >= size)
		return HL_ERANGE;
	err = vault_aead_open(key, ad, sealed, len, text);
	text[err ? 0 : len - VAULT_AEAD_EXTRA] = '\0';
	return err;
}

int vault_number_open(const struct vault *v, const uint8_t alias[VAULT_HASH], const uint8_t *sealed, size_t len, char *number,
	size_t size)
{
	struct vault_ad ad;

	number_ad(&ad, alias);
	return open_text(v->number, &ad, sealed, len, number, size);
}

static void transit_ad(struct vault_ad *ad, const struct vault_binding *b)
{
	vault_ad_start(ad, "hotlined transit");
	vault_ad_binding(ad, b);
}

size_t vault_transit_seal(const struct vault *v, const struct vault_binding *b, const char *text, size_t len, uint8_t *out)
{
	struct vault_ad ad;

	transit_ad(&ad, b);
	return vault_aead_seal(v->transit, &ad, text, len, out);
}

int vault_transit_open(const struct vault *v, const struct vault_binding *b, const uint8_t *sealed, size_t len, char *text,
	size_t size)
{
	struct vault_ad ad;

	transit_ad(&ad, b);
	return open_text(v->transit, &ad, sealed, len, text, size);
}
