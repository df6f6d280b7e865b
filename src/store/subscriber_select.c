#include "store/subscriber_select.h"

#include <string.h>

#include "store/subscriber_inside.h"

bool subscriber_select_add(char list[SUBSCRIBER_SELECT_SIZE], const char *word)
{
	size_t have = strlen(list), len = strlen(word), at = have ? have : 1;

	if (strchr(word, '\n') || len == 0 || at + len + 2 > SUBSCRIBER_SELECT_SIZE)
		return false;
	list[0] = '\n';
	memcpy(list + at, word, len);
	memcpy(list + at + len, "\n", 2);
	return true;
}

static int64_t last_id(struct store *s)
{
	static struct store_sql sql = { "SELECT coalesce(max(id), 0) FROM subscriber", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t id = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;

	if (st)
		sqlite3_reset(st);
	return id;
}

static size_t read_between(struct store *s, const struct subscriber_selection *sel, int64_t after, int64_t to,
	struct subscriber_found *found, size_t max)
{
	static struct store_sql sql = {
		"SELECT " SUBSCRIBER_COLUMNS ", " SUBSCRIBER_FACTS " FROM subscriber s" SUBSCRIBER_FACTS_FROM("s.alias")
		"WHERE s.id > ?1 AND s.id <= ?6 AND (?2 = '' OR instr(?2, char(10) || iif(s.district = '', '?', s.district) || char(10))) "
		"AND (?3 < 0 OR s.language = ?3) "
		"AND (?4 = '' OR EXISTS (SELECT 1 FROM subscriber_member m WHERE m.subscriber_id = s.id "
		"AND instr(?4, char(10) || m.group_id || char(10)))) ORDER BY s.id LIMIT ?5", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "ititii", after, sel->districts, (int64_t)sel->language, sel->groups, (int64_t)max, to);
	while (n < max && store_row(s, st)) {
		subscriber_read(st, &found[n].row);
		subscriber_read_facts(st, SUBSCRIBER_COLUMN_COUNT, &found[n].facts);
		n++;
	}
	if (st)
		sqlite3_reset(st);
	return n;
}

size_t subscriber_select_stretch(struct store *s, const struct subscriber_selection *sel, int64_t *after, struct subscriber_found *found, size_t max,
	bool *end)
{
	int64_t to = *after + SUBSCRIBER_STRETCH;
	size_t n = read_between(s, sel, *after, to, found, max);

	*after = n == max ? found[n - 1].row.id : to;
	*end = n < max && to >= last_id(s);
	return n;
}
