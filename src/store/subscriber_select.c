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

size_t subscriber_select(struct store *s, const struct subscriber_selection *sel, int64_t after, struct subscriber_found *found, size_t max)
{
	static struct store_sql sql = {
		"SELECT " SUBSCRIBER_COLUMNS ", " SUBSCRIBER_FACTS " FROM subscriber s" SUBSCRIBER_FACTS_FROM("s.alias")
		"WHERE s.id > ?1 AND (?2 = '' OR instr(?2, char(10) || iif(s.district = '', '?', s.district) || char(10))) "
		"AND (?3 < 0 OR s.language = ?3) "
		"AND (?4 = '' OR EXISTS (SELECT 1 FROM subscriber_member m WHERE m.subscriber_id = s.id "
		"AND instr(?4, char(10) || m.group_id || char(10)))) ORDER BY s.id LIMIT ?5", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "ititi", after, sel->districts, (int64_t)sel->language, sel->groups, (int64_t)max);
	while (n < max && store_row(s, st)) {
		subscriber_read(st, &found[n].row);
		subscriber_read_facts(st, SUBSCRIBER_COLUMN_COUNT, &found[n].facts);
		n++;
	}
	if (st)
		sqlite3_reset(st);
	return n;
}
