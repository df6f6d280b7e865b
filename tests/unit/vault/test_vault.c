/* What is sealed opens only with the right key, in the right place, unchanged. */
#include "cm.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include "scratch.h"
#include "vault/envelope.h"
#include "vault/keyring.h"
#include "vault/people.h"

#define WALL 1795333805000LL /* 2026-11-22T07:10:05Z, a Sunday: week 47 */
#define DAY 86400000LL

static const char number[] = "+97600000007";
static const char text[] = "a text that nobody else may read";

struct fixture {
	struct scratch scratch;
	char keys[256], ring[256];
	struct vault *v;
	uint8_t unit_public[VAULT_KEY], unit_secret[VAULT_KEY], recovery_public[VAULT_KEY], recovery_secret[VAULT_KEY];
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	scratch_new(&f->scratch);
	mkdir(scratch_path(&f->scratch, "keys", f->keys), 0700);
	mkdir(scratch_path(&f->scratch, "ring", f->ring), 0700);
	assert_int_equal(vault_create_keys(f->keys, NULL), 0);
	assert_int_equal(vault_open(f->keys, f->ring, &f->v, NULL), 0);
	vault_keypair_new(f->unit_public, f->unit_secret);
	vault_keypair_new(f->recovery_public, f->recovery_secret);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	vault_close(f->v);
	scratch_remove(&f->scratch);
	free(f);
	return 0;
}

static int reopen(struct fixture *f, struct hl_reason *why)
{
	vault_close(f->v);
	return vault_open(f->keys, f->ring, &f->v, why);
}

/* Changes one octet of a file, or cuts it. */
static void damage(const char *dir, const char *name, long at, bool cut)
{
	char path[600];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (cut) {
		assert_int_equal(truncate(path, at), 0);
		return;
	}
	file = fopen(path, "r+b");
	assert_non_null(file);
	fseek(file, at, SEEK_SET);
	int c = fgetc(file);
	fseek(file, at, SEEK_SET);
	fputc(c ^ 1, file);
	fclose(file);
}

/* ---- keys ------------------------------------------------------------------------------------------------------------ */

static void test_keys_are_made_once(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;
	struct stat st;
	char path[600];

	assert_int_equal(vault_have_keys(f->keys, NULL), 1);
	assert_int_equal(vault_have_keys(f->ring, NULL), 0);
	snprintf(path, sizeof(path), "%s/number.key", f->keys);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, VAULT_KEY);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(vault_create_keys(f->keys, &why), HL_EEXIST);
	unlink(path);
	assert_int_equal(vault_have_keys(f->keys, &why), HL_ECORRUPT);
	assert_non_null(strstr(why.text, "number.key"));
	assert_int_equal(vault_create_keys(f->keys, &why), HL_EEXIST); /* also when one of four is gone */
	assert_int_equal(access(path, F_OK), -1);
}

struct bad_key { const char *name; int err; void (*spoil)(const char *path); };

static void spoil_remove(const char *path) { unlink(path); }
static void spoil_cut(const char *path) { assert_int_equal(truncate(path, VAULT_KEY - 1), 0); }
static void spoil_grow(const char *path) { assert_int_equal(truncate(path, VAULT_KEY + 1), 0); }
static void spoil_zero(const char *path)
{
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(truncate(path, VAULT_KEY), 0);
}

static void test_bad_key_files(void **state)
{
	static const struct bad_key rows[] = {
		{ "number.key", HL_ENOENT, spoil_remove }, { "alias.key", HL_ENOENT, spoil_remove },
		{ "transit.key", HL_ENOENT, spoil_remove }, { "keyring.key", HL_ENOENT, spoil_remove },
		{ "number.key", HL_ECORRUPT, spoil_cut }, { "alias.key", HL_ECORRUPT, spoil_grow },
		{ "transit.key", HL_ECORRUPT, spoil_zero },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hl_reason why = { "" };
		char path[600];
		teardown(state);
		setup(state);
		struct fixture *f = *state;
		snprintf(path, sizeof(path), "%s/%s", f->keys, rows[i].name);
		rows[i].spoil(path);
		assert_int_equal(reopen(f, &why), rows[i].err);
		assert_null(f->v);
		assert_non_null(strstr(why.text, path));
		assert_non_null(strstr(why.text, "restore"));
	}
}

static void test_missing_keyring(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;

	rmdir(f->ring);
	assert_int_equal(reopen(f, &why), HL_ENOENT);
	assert_non_null(strstr(why.text, f->ring));
}

/* ---- hashes ---------------------------------------------------------------------------------------------------------- */

static void test_aliases(void **state)
{
	struct fixture *f = *state;
	uint8_t a[VAULT_HASH], b[VAULT_HASH];

	vault_alias(f->v, number, a);
	assert_int_equal(reopen(f, NULL), 0);
	vault_alias(f->v, number, b);
	assert_memory_equal(a, b, sizeof(a)); /* the same after a restart */
	vault_alias(f->v, "+97600000008", b);
	assert_memory_not_equal(a, b, sizeof(a));
	vault_pdu_hash(f->v, "", number, strlen(number), b); /* another context */
	assert_memory_not_equal(a, b, sizeof(a));
	vault_pdu_hash(f->v, number, "", 0, b);
	assert_memory_not_equal(a, b, sizeof(a));
	damage(f->keys, "alias.key", 0, false);
	assert_int_equal(reopen(f, NULL), 0);
	vault_alias(f->v, number, b);
	assert_memory_not_equal(a, b, sizeof(a));
}

static void test_pdu_hashes(void **state)
{
	struct fixture *f = *state;
	uint8_t a[VAULT_HASH], b[VAULT_HASH];

	vault_pdu_hash(f->v, "428990000000001", "\x00\x01\x02", 3, a);
	vault_pdu_hash(f->v, "428990000000001", "\x00\x01\x02", 3, b);
	assert_memory_equal(a, b, sizeof(a));
	vault_pdu_hash(f->v, "428990000000002", "\x00\x01\x02", 3, b);
	assert_memory_not_equal(a, b, sizeof(a));
	vault_pdu_hash(f->v, "428990000000001", "\x00\x01\x03", 3, b);
	assert_memory_not_equal(a, b, sizeof(a));
	vault_pdu_hash(f->v, "428990000000001", "\x00\x01", 2, b);
	assert_memory_not_equal(a, b, sizeof(a));
	vault_pdu_hash(f->v, "12", "345", 3, a); /* the border between the two counts */
	vault_pdu_hash(f->v, "123", "45", 2, b);
	assert_memory_not_equal(a, b, sizeof(a));
}

/* ---- numbers --------------------------------------------------------------------------------------------------------- */

static void test_numbers(void **state)
{
	struct fixture *f = *state;
	uint8_t sealed[64], again[64], alias[VAULT_HASH], other[VAULT_HASH];
	char out[24];
	size_t len;

	vault_alias(f->v, number, alias);
	len = vault_number_seal(f->v, alias, number, sealed);
	assert_int_equal(len, strlen(number) + VAULT_AEAD_EXTRA);
	vault_alias(f->v, "+97600000008", other);
	assert_int_equal(vault_number_open(f->v, alias, sealed, len, out, sizeof(out)), 0);
	assert_string_equal(out, number);
	assert_int_equal(vault_number_open(f->v, alias, sealed, len, out, strlen(number)), HL_ERANGE);
	assert_int_equal(vault_number_open(f->v, alias, sealed, len, out, strlen(number) + 1), 0);
	assert_int_equal(vault_number_open(f->v, other, sealed, len, out, sizeof(out)), HL_ECORRUPT); /* swapped rows */
	assert_string_equal(out, "");
	assert_int_equal(vault_number_open(f->v, alias, sealed, VAULT_AEAD_EXTRA - 1, out, sizeof(out)), HL_ECORRUPT);
	for (size_t i = 0; i < len; i++) {
		sealed[i] ^= 0x80;
		assert_int_equal(vault_number_open(f->v, alias, sealed, len, out, sizeof(out)), HL_ECORRUPT);
		sealed[i] ^= 0x80;
	}
	vault_number_seal(f->v, alias, number, again);
	assert_memory_not_equal(sealed, again, len); /* equal numbers do not look equal */
}

/* ---- bindings -------------------------------------------------------------------------------------------------------- */

static const struct vault_binding binding = { "message", 5, 7, 0, WALL };
static const struct vault_binding others[] = {
	{ "quarantine", 5, 7, 0, WALL }, { "messag", 5, 7, 0, WALL }, { "message", 6, 7, 0, WALL }, { "message", 5, 8, 0, WALL },
	{ "message", 7, 5, 0, WALL }, { "message", 5, 7, 1, WALL }, { "message", 5, 7, 0, WALL + 1 },
	{ "message", 5 + (1LL << 32), 7, 0, WALL }, { "message", 5, 7, 0, -WALL },
};

#define OTHERS (sizeof(others) / sizeof(others[0]))

static void test_transit(void **state)
{
	struct fixture *f = *state;
	uint8_t sealed[128];
	char out[64];
	size_t len = vault_transit_seal(f->v, &binding, text, strlen(text), sealed);

	assert_int_equal(vault_transit_open(f->v, &binding, sealed, len, out, sizeof(out)), 0);
	assert_string_equal(out, text);
	assert_int_equal(vault_transit_open(f->v, &binding, sealed, len, out, strlen(text)), HL_ERANGE);
	for (size_t i = 0; i < OTHERS; i++)
		assert_int_equal(vault_transit_open(f->v, &others[i], sealed, len, out, sizeof(out)), HL_ECORRUPT);
	for (size_t bit = 0; bit < len * 8; bit++) {
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(vault_transit_open(f->v, &binding, sealed, len, out, sizeof(out)), HL_ECORRUPT);
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	len = vault_transit_seal(f->v, &binding, "", 0, sealed);
	assert_int_equal(vault_transit_open(f->v, &binding, sealed, len, out, 1), 0);
	assert_string_equal(out, "");
}

struct sealed_text { uint8_t body[128], wrap[VAULT_WRAP]; size_t len; char week[VAULT_WEEK]; };

static void seal(struct fixture *f, int64_t wall_ms, struct sealed_text *s)
{
	s->len = strlen(text) + VAULT_AEAD_EXTRA;
	assert_int_equal(vault_text_seal(f->v, &binding, f->unit_public, f->recovery_public, wall_ms, text, strlen(text), s->body,
		s->wrap, s->week, NULL), 0);
}

static int open_as(struct fixture *f, const struct vault_binding *b, const struct sealed_text *s, bool recovery, char out[64])
{
	return vault_text_open(f->v, b, recovery ? f->recovery_secret : f->unit_secret, recovery, s->body, s->len, s->wrap, s->week, out, 64);
}

static void test_text_opens_for_both_keys(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s;
	char out[64];

	seal(f, WALL, &s);
	assert_string_equal(s.week, "2026-W47");
	assert_int_equal(open_as(f, &binding, &s, false, out), 0);
	assert_string_equal(out, text);
	assert_int_equal(open_as(f, &binding, &s, true, out), 0);
	assert_string_equal(out, text);
	assert_int_equal(reopen(f, NULL), 0);
	assert_int_equal(open_as(f, &binding, &s, false, out), 0);
	assert_int_equal(vault_text_open(f->v, &binding, f->unit_secret, false, s.body, s.len, s.wrap, s.week, out,
		strlen(text)), HL_ERANGE);
}

static void test_text_only_for_its_keys(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s;
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY];
	char out[64];

	seal(f, WALL, &s);
	vault_keypair_new(public_key, secret);
	assert_int_equal(vault_text_open(f->v, &binding, secret, false, s.body, s.len, s.wrap, s.week, out, 64), HL_EAUTH);
	assert_string_equal(out, "");
	assert_int_equal(vault_text_open(f->v, &binding, f->unit_secret, true, s.body, s.len, s.wrap, s.week, out, 64),
		HL_EAUTH); /* the unit's key in the place of the recovery key */
	assert_int_equal(vault_text_open(f->v, &binding, secret, false, s.body, s.len, s.wrap, s.week, out, 64), HL_EAUTH);
}

static void test_text_binding(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s;
	char out[64];

	seal(f, WALL, &s);
	for (size_t i = 0; i < OTHERS; i++)
		assert_int_equal(open_as(f, &others[i], &s, false, out), HL_ECORRUPT);
	for (int bit = 0; bit < 64; bit++) {
		struct vault_binding b = binding;
		b.row ^= (int64_t)(UINT64_C(1) << bit);
		assert_int_equal(open_as(f, &b, &s, false, out), HL_ECORRUPT);
		b = binding;
		b.time_ms ^= (int64_t)(UINT64_C(1) << bit);
		assert_int_equal(open_as(f, &b, &s, false, out), HL_ECORRUPT);
	}
}

/* One text's body with another's wrap: same place, but each has a data key of its own. */
static void test_each_text_its_key(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s[5], mixed;
	char out[64];

	for (size_t i = 0; i < 5; i++)
		seal(f, WALL, &s[i]);
	for (size_t i = 0; i < 5; i++) {
		for (size_t j = 0; j < 5; j++) {
			mixed = s[i];
			memcpy(mixed.wrap, s[j].wrap, sizeof(mixed.wrap));
			assert_int_equal(open_as(f, &binding, &mixed, false, out), i == j ? 0 : HL_ECORRUPT);
		}
	}
}

/* Under a key that is used for more than one thing a nonce must never come twice, whatever the buffer held before. */
static void test_no_nonce_comes_twice(void **state)
{
	struct fixture *f = *state;
	uint8_t sealed[8][128], alias[VAULT_HASH], envelopes[4][ENVELOPE] = { { 0 } };
	struct envelope_sender sender = { .ready = false };
	struct sealed_text s[2];

	memset(sealed, 0, sizeof(sealed));
	vault_alias(f->v, number, alias);
	for (size_t i = 0; i < 4; i++) {
		vault_number_seal(f->v, alias, number, sealed[i]);
		vault_transit_seal(f->v, &binding, text, strlen(text), sealed[4 + i]);
	}
	for (size_t i = 0; i < 8; i++)
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(sealed[i], sealed[j], crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
	memset(s, 0, sizeof(s));
	seal(f, WALL, &s[0]);
	seal(f, WALL, &s[1]);
	assert_memory_not_equal(s[0].wrap, s[1].wrap, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES); /* under the week's key both */
	assert_memory_not_equal(s[0].body, s[1].body, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
	for (size_t i = 0; i < 4; i++) /* by one sender: what it agreed on serves for all of a turn */
		envelope_seal(&sender, f->unit_public, f->recovery_public, f->unit_secret, envelopes[i]);
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(envelopes[i] + VAULT_KEY, envelopes[j] + VAULT_KEY, crypto_box_NONCEBYTES);
}

/* What must outlive its week goes under another week's key: then that one opens it, in its own place, and the first may go. */
static void test_text_moves_to_another_week(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s, moved;
	struct hl_reason why;
	char out[64];

	seal(f, WALL, &s);
	moved = s;
	assert_int_equal(vault_text_rewrap(f->v, &binding, WALL + 7 * DAY, moved.wrap, moved.week, &why), 0);
	assert_string_equal(moved.week, "2026-W48");
	assert_int_equal(open_as(f, &binding, &s, false, out), 0); /* a copy made before */
	assert_int_equal(vault_week_destroy(f->v, s.week, &why), 0);
	assert_int_equal(open_as(f, &binding, &s, false, out), HL_ENOENT);
	for (int recovery = 0; recovery < 2; recovery++) {
		assert_int_equal(open_as(f, &binding, &moved, recovery, out), 0);
		assert_string_equal(out, text);
	}
	for (size_t i = 0; i < OTHERS; i++) { /* no row is moved in another's name */
		struct sealed_text bad = moved;
		assert_int_equal(vault_text_rewrap(f->v, &others[i], WALL + 14 * DAY, bad.wrap, bad.week, &why), HL_ECORRUPT);
		assert_memory_equal(&bad, &moved, sizeof(bad));
	}
	moved.wrap[40] ^= 1;
	assert_int_equal(vault_text_rewrap(f->v, &binding, WALL + 14 * DAY, moved.wrap, moved.week, &why), HL_ECORRUPT);
}

static void test_text_every_bit(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s;
	char out[64];

	seal(f, WALL, &s);
	for (size_t bit = 0; bit < s.len * 8; bit++) {
		s.body[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(open_as(f, &binding, &s, false, out), HL_ECORRUPT);
		assert_string_equal(out, "");
		s.body[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < sizeof(s.wrap) * 8; bit++) {
		s.wrap[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(open_as(f, &binding, &s, false, out), HL_ECORRUPT);
		s.wrap[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	s.len = VAULT_AEAD_EXTRA - 1;
	assert_int_equal(open_as(f, &binding, &s, false, out), HL_ECORRUPT);
}

/* Where a sender's public key stands in a wrap it cannot be seen: each wrap has a nonce of its own. So the sender is asked itself. */
static void test_sender_lasts_a_turn(void **state)
{
	struct fixture *f = *state;
	struct envelope_sender *sender = &f->v->sender;
	uint8_t first[VAULT_KEY], secret[VAULT_KEY], zero[sizeof(*sender)] = { 0 };
	struct sealed_text a, b, c;
	char out[64];

	seal(f, WALL, &a);
	memcpy(first, sender->public_key, sizeof(first));
	memcpy(secret, sender->secret, sizeof(secret));
	seal(f, WALL, &b);
	assert_memory_equal(sender->public_key, first, sizeof(first));
	vault_turn_over(f->v);
	assert_memory_equal(sender, zero, sizeof(zero));
	seal(f, WALL, &c);
	assert_memory_not_equal(sender->public_key, first, sizeof(first));
	assert_memory_not_equal(sender->secret, secret, sizeof(secret));
	vault_turn_over(f->v);
	assert_int_equal(open_as(f, &binding, &a, false, out), 0);
	assert_int_equal(open_as(f, &binding, &b, true, out), 0);
	assert_int_equal(open_as(f, &binding, &c, false, out), 0);
}

/* More recipients than it remembers, and more texts than one key pair may seal. */
static void test_sender_forgets_in_order(void **state)
{
	enum { UNITS = ENVELOPE_RECIPIENTS + 3 };
	uint8_t public_key[UNITS][VAULT_KEY], secret[UNITS][VAULT_KEY], key[VAULT_KEY] = { 7 }, out[VAULT_KEY], sealed[ENVELOPE];
	struct envelope_sender sender = { .ready = false };
	uint8_t first[VAULT_KEY];

	(void)state;
	for (size_t i = 0; i < UNITS; i++)
		vault_keypair_new(public_key[i], secret[i]);
	for (size_t i = 0; i < 3 * UNITS; i++) {
		size_t to = i % UNITS, recovery = (i + 1) % UNITS;
		envelope_seal(&sender, public_key[to], public_key[recovery], key, sealed);
		if (i == 0)
			memcpy(first, sealed, sizeof(first));
		assert_memory_equal(sealed, first, sizeof(first));
		assert_int_equal(envelope_open(sealed, secret[to], false, out), 0);
		assert_memory_equal(out, key, sizeof(key));
		assert_int_equal(envelope_open(sealed, secret[recovery], true, out), 0);
		assert_int_equal(envelope_open(sealed, secret[(i + 2) % UNITS], false, out), HL_EAUTH);
	}
	for (int i = 3 * UNITS; i < ENVELOPE_SEALS_MAX; i++)
		envelope_seal(&sender, public_key[0], public_key[1], key, sealed);
	assert_memory_equal(sealed, first, sizeof(first));
	envelope_seal(&sender, public_key[0], public_key[1], key, sealed);
	assert_memory_not_equal(sealed, first, sizeof(first));
	envelope_forget(&sender);
}

static void test_digits(void **state)
{
	char out[12];
	bool seen[10] = { false };

	(void)state;
	for (size_t count = 1; count <= 9; count++) {
		vault_digits_new(count, out);
		assert_int_equal(strlen(out), count);
		assert_int_equal(strspn(out, "0123456789"), count);
	}
	for (int i = 0; i < 1000; i++) { /* the chance that one of ten is missing: below 10^-44 */
		vault_digits_new(1, out);
		seen[out[0] - '0'] = true;
	}
	for (size_t i = 0; i < 10; i++)
		assert_true(seen[i]);
}

/* ---- weeks ----------------------------------------------------------------------------------------------------------- */

struct week { int64_t wall_ms; const char *week; };

static void test_week_of(void **state)
{
	static const struct week rows[] = {
		{ 0, "1970-W01" }, { -1, "1970-W01" }, { INT64_MIN, "1970-W01" }, { WALL, "2026-W47" },
		{ 1795391999999LL, "2026-W47" }, { 1795392000000LL, "2026-W48" },   /* Sunday to Monday, UTC */
		{ 1798761600000LL, "2026-W53" }, { 1798992000000LL, "2026-W53" },   /* Friday, 1 January 2027, and its Sunday */
		{ 1577750400000LL, "2020-W01" },                                     /* 31 December 2019 */
		{ INT64_MAX, "9999-W52" },
	};
	char week[VAULT_WEEK];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		keyring_week_of(rows[i].wall_ms, week);
		assert_string_equal(week, rows[i].week);
	}
}

/* When a week ends decides when its key may be destroyed: at midnight before its Monday it is another's, in every year. */
static void test_week_ends(void **state)
{
	static const struct { const char *week; int64_t end_ms; } rows[] = {
		{ "2026-W47", 1795392000000 }, /* 2026-11-23 */ { "2026-W53", 1799020800000 }, /* 2027-01-04 */
		{ "2027-W01", 1799625600000 }, { "1970-W01", 4 * DAY }, { "", 0 }, { "2026-47", 0 }, { "2026-W4x", 0 }, { "../../W47", 0 },
	};
	char week[VAULT_WEEK], after[VAULT_WEEK];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(vault_week_end_ms(rows[i].week), rows[i].end_ms);
	for (int64_t at = 0; at < 100 * 366 * DAY; at += 3 * DAY) {
		keyring_week_of(at, week);
		assert_in_range(vault_week_end_ms(week) - at, 1, 7 * DAY);
		keyring_week_of(vault_week_end_ms(week) - 1, after);
		assert_string_equal(after, week);
		keyring_week_of(vault_week_end_ms(week), after);
		assert_string_not_equal(after, week);
	}
}

static void test_each_week_its_key(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s, t, mixed;
	char out[64], path[600];
	struct stat st;

	seal(f, WALL, &s);
	seal(f, WALL + 7 * DAY, &t);
	assert_string_equal(t.week, "2026-W48");
	seal(f, WALL - 365 * DAY, &mixed); /* the clock jumps back a year: another week, nothing else */
	assert_string_equal(mixed.week, "2025-W47");
	assert_int_equal(open_as(f, &binding, &s, false, out), 0);
	assert_int_equal(open_as(f, &binding, &t, false, out), 0);
	assert_int_equal(open_as(f, &binding, &mixed, false, out), 0);
	mixed = s;
	memcpy(mixed.week, t.week, sizeof(mixed.week));
	assert_int_equal(open_as(f, &binding, &mixed, false, out), HL_ECORRUPT);
	memcpy(mixed.week, "../../W4", sizeof(mixed.week)); /* never a path */
	assert_int_equal(open_as(f, &binding, &mixed, false, out), HL_ECORRUPT);
	snprintf(path, sizeof(path), "%s/2026-W47.key", f->ring);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, VAULT_KEY + VAULT_AEAD_EXTRA);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_destroyed_week(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s, t, later;
	struct hl_reason why;
	char out[64];

	seal(f, WALL, &s);
	seal(f, WALL + 7 * DAY, &t);
	assert_int_equal(vault_week_destroy(f->v, s.week, &why), 0);
	assert_int_equal(open_as(f, &binding, &s, false, out), HL_ENOENT);
	assert_int_equal(open_as(f, &binding, &s, true, out), HL_ENOENT);
	assert_int_equal(open_as(f, &binding, &t, false, out), 0);
	assert_int_equal(vault_week_destroy(f->v, s.week, &why), HL_ENOENT);
	assert_int_equal(vault_week_destroy(f->v, "../keys", &why), HL_ENOENT);
	assert_int_equal(vault_week_destroy(f->v, t.week, &why), 0); /* the one in memory is gone too */
	assert_int_equal(open_as(f, &binding, &t, false, out), HL_ENOENT);
	seal(f, WALL + 7 * DAY, &later);
	assert_int_equal(open_as(f, &binding, &later, false, out), 0);
	assert_int_equal(open_as(f, &binding, &t, false, out), HL_ECORRUPT);
}

static void read_octets(const char *path, uint8_t *out, size_t size)
{
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	assert_int_equal(fread(out, 1, size, f), size);
	fclose(f);
}

/* Its octets, too, not only its name: somebody may have the file open, or another name for it. */
static void test_destroyed_octets(void **state)
{
	struct fixture *f = *state;
	uint8_t before[VAULT_KEY + VAULT_AEAD_EXTRA], after[sizeof(before)], zeros[sizeof(before)] = { 0 };
	char path[600], other[600];
	struct sealed_text s;
	struct hl_reason why;

	seal(f, WALL, &s);
	snprintf(path, sizeof(path), "%s/2026-W47.key", f->ring);
	snprintf(other, sizeof(other), "%s/other", f->scratch.dir);
	assert_int_equal(link(path, other), 0);
	read_octets(other, before, sizeof(before));
	assert_int_equal(vault_week_destroy(f->v, s.week, &why), 0);
	assert_int_equal(access(path, F_OK), -1);
	read_octets(other, after, sizeof(after));
	for (size_t i = 0; i + 16 <= sizeof(after); i += 8) {
		assert_memory_not_equal(before + i, after + i, 16);
		assert_memory_not_equal(zeros, after + i, 16);
	}
}

static void test_week_file_lost_by_accident(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s, t;
	char out[64], path[600];

	seal(f, WALL, &s);
	snprintf(path, sizeof(path), "%s/2026-W47.key", f->ring);
	unlink(path);
	seal(f, WALL, &t);
	assert_int_equal(reopen(f, NULL), 0);
	assert_int_equal(open_as(f, &binding, &s, false, out), 0);
	assert_int_equal(open_as(f, &binding, &t, false, out), 0);
}

static void test_week_file_damaged(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s, t;
	struct hl_reason why;
	char out[64];

	seal(f, WALL, &s);
	seal(f, WALL + 7 * DAY, &t);
	damage(f->ring, "2026-W47.key", 40, false);
	assert_int_equal(reopen(f, &why), 0); /* one bad week does not stop the hotline */
	assert_int_equal(open_as(f, &binding, &s, false, out), HL_ECORRUPT);
	assert_int_equal(open_as(f, &binding, &t, false, out), 0);
	assert_int_equal(vault_week_prepare(f->v, WALL, &why), HL_ECORRUPT); /* nor is its key replaced */
	assert_non_null(strstr(why.text, "2026-W47.key"));
	assert_int_equal(vault_week_prepare(f->v, WALL + 7 * DAY, &why), 0);
	damage(f->ring, "2026-W48.key", 71, true);
	assert_int_equal(reopen(f, &why), HL_ECORRUPT); /* none opens: this keyring.key is another's */
	assert_non_null(strstr(why.text, "keyring.key"));
}

static void test_swapped_week_files(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s, t;
	char a[600], b[600], out[64];

	seal(f, WALL, &s);
	seal(f, WALL + 7 * DAY, &t);
	snprintf(a, sizeof(a), "%s/2026-W47.key", f->ring);
	snprintf(b, sizeof(b), "%s/2026-W48.key", f->ring);
	assert_int_equal(rename(a, b), 0);
	assert_int_equal(open_as(f, &binding, &t, false, out), HL_ECORRUPT);
	assert_int_equal(open_as(f, &binding, &s, false, out), HL_ENOENT);
}

static void test_nothing_plain_on_disk(void **state)
{
	struct fixture *f = *state;
	struct sealed_text s;
	uint8_t sealed[128], raw[VAULT_KEY], alias[VAULT_HASH];
	char path[600];
	size_t len;

	seal(f, WALL, &s);
	assert_null(memmem(s.body, s.len, text, 6));
	assert_null(memmem(s.wrap, sizeof(s.wrap), f->unit_public, VAULT_KEY));
	len = vault_transit_seal(f->v, &binding, text, strlen(text), sealed);
	assert_null(memmem(sealed, len, text, 6));
	vault_alias(f->v, number, alias);
	len = vault_number_seal(f->v, alias, number, sealed);
	assert_null(memmem(sealed, len, number + 4, 6));
	assert_int_equal(keyring_read(f->v, s.week, raw, NULL), 0);
	snprintf(path, sizeof(path), "%s/%s.key", f->ring, s.week);
	assert_false(scratch_holds(path, raw, sizeof(raw)));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_keys_are_made_once), T(test_bad_key_files), T(test_missing_keyring), T(test_aliases), T(test_pdu_hashes),
		T(test_numbers), T(test_transit), T(test_text_opens_for_both_keys), T(test_text_only_for_its_keys),
		T(test_text_binding), T(test_each_text_its_key), T(test_no_nonce_comes_twice), T(test_text_moves_to_another_week), T(test_text_every_bit), T(test_sender_lasts_a_turn), T(test_sender_forgets_in_order),
		T(test_digits), T(test_week_of), T(test_week_ends), T(test_each_week_its_key), T(test_destroyed_week), T(test_destroyed_octets),
		T(test_week_file_lost_by_accident), T(test_week_file_damaged), T(test_swapped_week_files),
		T(test_nothing_plain_on_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
