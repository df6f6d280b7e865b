/* What subscriber.c and subscriber_select.c share: the columns of a row and of its facts, and how they are read. */
#ifndef HL_STORE_SUBSCRIBER_INSIDE_H
#define HL_STORE_SUBSCRIBER_INSIDE_H

#include "store/subscriber.h"

#define SUBSCRIBER_COLUMNS "s.id, s.alias, s.number, s.state, s.language, s.script, s.district, s.source, s.consent_ms, s.import_id, " \
	"s.joined_ms, s.updated_ms"
#define SUBSCRIBER_COLUMN_COUNT 12

/* Of a subscriber s, whose alias stands in a. TRIAGE_TIP is 0; a case that an officer has, or that rang, may be one whatever its kind. */
#define SUBSCRIBER_FACTS "s.id IS NOT NULL, s.state = 0, s.consent_ms, o.alias IS NOT NULL, coalesce(c.safety, w.safety, 0), " \
	"coalesce(c.refused, 0), coalesce(c.hours_from_min, w.hours_from_min, 0), coalesce(c.hours_to_min, w.hours_to_min, 0), " \
	"EXISTS (SELECT 1 FROM cases k WHERE k.contact_id = c.id AND k.closed_ms IS NULL " \
	"AND (k.kind = 0 OR k.owner != '' OR k.alerted_ms IS NOT NULL))"
#define SUBSCRIBER_FACTS_FROM(a) " LEFT JOIN optout o ON o.alias = " a " LEFT JOIN contact c ON c.alias = " a \
	" LEFT JOIN wish w ON w.alias = " a " "

void subscriber_read(sqlite3_stmt *st, struct subscriber_row *row);
void subscriber_read_facts(sqlite3_stmt *st, int column, struct subscriber_facts *facts);

#endif
