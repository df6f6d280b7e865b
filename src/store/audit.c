#include "store/audit.h"

#include <sodium.h>
#include <string.h>

#include "base/hex.h"

#define HASH AUDIT_HASH

static struct store_sql head_sql = { "SELECT hash, id FROM audit ORDER BY id DESC LIMIT 1", 0 };
static struct store_sql insert_sql = {
	"INSERT INTO audit (time_ms, actor, action, object, detail, hash) VALUES (?, ?, ?, ?, ?, ?)", 0 };
static struct store_sql walk_sql = {
	"SELECT id, time_ms, actor, action, object, detail, hash FROM audit WHERE id > ? ORDER BY id LIMIT ?", 0 };
static struct store_sql list_sql = {
	"SELECT id, time_ms, actor, action, object, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?", 0 };

static void hash_number(crypto_generichash_state *h, uint64_t n)
{
	uint8_t octets[8];

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)(n >> (8 * i));
	crypto_generichash_update(h, octets, sizeof(octets));
}

/* With its length, so that no two rows look the same to the hash. */
static void hash_text(crypto_generichash_state *h, const char *text)
{
	size_t len = strlen(text);

	hash_number(h, len);
	crypto_generichash_update(h, (const unsigned char *)text, len);
}

/* hash = BLAKE2b(hash before, time, actor, action, object, detail); before the first row there are zeros. */
static void chain(uint8_t hash[HASH], int64_t time_ms, const char *const texts[4])
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, NULL, 0, HASH);
	crypto_generichash_update(&h, hash, HASH);
	hash_number(&h, (uint64_t)time_ms);
	for (size_t i = 0; i < 4; i++)
		hash_text(&h, texts[i]);
	crypto_generichash_final(&h, hash, HASH);
}

int64_t audit_head(struct store *s, uint8_t hash[AUDIT_HASH])
{
	sqlite3_stmt *st = store_stmt(s, &head_sql);
	int64_t rows = 0;

	memset(hash, 0, AUDIT_HASH);
	if (store_row(s, st)) {
		rows = sqlite3_column_int64(st, 1);
		if (store_column_blob(st, 0, hash, AUDIT_HASH) != AUDIT_HASH)
			store_fail(s, HL_ECORRUPT);
	}
	if (st)
		sqlite3_reset(st);
	return rows;
}

void audit_append(struct store *s, int64_t time_ms, const char *actor, const char *action, const char *object, const char *detail)
{
	const char *const texts[4] = { actor, action, object, detail };
	uint8_t hash[HASH] = { 0 };
	sqlite3_stmt *st = store_stmt(s, &head_sql);

	if (store_row(s, st) && store_column_blob(st, 0, hash, sizeof(hash)) != sizeof(hash))
		store_fail(s, HL_ECORRUPT);
	sqlite3_reset(st);
	chain(hash, time_ms, texts);
	st = store_stmt(s, &insert_sql);
	store_bind(s, st, "ittttb", time_ms, actor, action, object, detail, (const void *)hash, sizeof(hash));
	store_run(s, st);
}

static bool row_is_right(sqlite3_stmt *st, uint8_t hash[HASH])
{
	const char *texts[4];

	for (int i = 0; i < 4; i++) {
		texts[i] = (const char *)sqlite3_column_text(st, 2 + i);
		if (!texts[i])
			return false;
	}
	chain(hash, sqlite3_column_int64(st, 1), texts);
	return sqlite3_column_bytes(st, 6) == HASH && memcmp(sqlite3_column_blob(st, 6), hash, HASH) == 0;
}

void audit_walk_start(struct audit_walk *w)
{
	memset(w, 0, sizeof(*w));
}

static void pass_marks(struct audit_walk *w)
{
	for (size_t i = 0; i < sizeof(w->marks) / sizeof(w->marks[0]); i++) {
		if (w->marks[i].rows != w->rows || w->marks[i].passed)
			continue;
		memcpy(w->marks[i].hash, w->hash, HASH);
		w->marks[i].passed = true;
	}
}

int audit_walk_step(struct store *s, struct audit_walk *w, size_t max)
{
	sqlite3_stmt *st = store_stmt(s, &walk_sql);
	size_t n = 0;

	store_bind(s, st, "ii", w->rows, (int64_t)max);
	while (!w->bad_id && store_row(s, st)) {
		int64_t id = sqlite3_column_int64(st, 0);
		n++;
		/* Ids are without gaps. Rows cut off at the end are seen by a mark beyond it. */
		if (id == w->rows + 1 && row_is_right(st, w->hash))
			w->rows++;
		else
			w->bad_id = id;
		pass_marks(w);
	}
	sqlite3_reset(st);
	if (store_error(s))
		return store_error(s);
	return w->bad_id ? HL_ECORRUPT : n == max;
}

int audit_verify(struct store *s, int64_t *rows, char head[65], int64_t *bad_id)
{
	struct audit_walk w;
	int rc;

	audit_walk_start(&w);
	do
		rc = audit_walk_step(s, &w, 1000);
	while (rc > 0);
	*rows = w.rows;
	*bad_id = w.bad_id;
	hl_hex_encode(w.hash, sizeof(w.hash), head);
	return rc;
}

size_t audit_list_before(struct store *s, int64_t before, struct audit_row *rows, size_t max)
{
	sqlite3_stmt *st = store_stmt(s, &list_sql);
	size_t n = 0;

	store_bind(s, st, "ii", before, (int64_t)max);
	while (n < max && store_row(s, st)) {
		struct audit_row *r = &rows[n++];
		r->id = sqlite3_column_int64(st, 0);
		r->time_ms = sqlite3_column_int64(st, 1);
		store_column_text(st, 2, r->actor, sizeof(r->actor));
		store_column_text(st, 3, r->action, sizeof(r->action));
		store_column_text(st, 4, r->object, sizeof(r->object));
		store_column_text(st, 5, r->detail, sizeof(r->detail));
	}
	if (st)
		sqlite3_reset(st);
	return n;
}
