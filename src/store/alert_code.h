/* By what people of the roster answer alerts, as rows: a code for each alert and person, sealed, and how many wrong ones came in a
 * person's name. Knows no key and decides nothing; codes go with their alert. */
#ifndef HL_STORE_ALERT_CODE_H
#define HL_STORE_ALERT_CODE_H

#include "store/store.h"

#define ALERT_CODE_BODY 80 /* octets of a sealed code, at most */

#define ALERT_CODE_HASH 32 /* octets */

struct alert_code_row {
	int64_t alert_id, made_ms;
	uint8_t body[ALERT_CODE_BODY];
	size_t body_len;
	uint8_t hash[ALERT_CODE_HASH]; /* for finding it; get leaves it alone */
};

/* False where this person has none for the alert. */
bool store_alert_code_get(struct store *s, int64_t alert_id, const char *person, struct alert_code_row *row);
void store_alert_code_put(struct store *s, const char *person, const struct alert_code_row *row);

/* The alert of the person's code with this hash, where it is open or was acknowledged after this wall time; 0 where there is none. */
int64_t store_alert_code_find(struct store *s, const char *person, const uint8_t hash[ALERT_CODE_HASH], int64_t since_ms);
/* How many the person has; counts no further than most. */
size_t store_alert_code_count(struct store *s, const char *person, size_t most);
/* Forgets the person's codes, or everybody's of alerts acknowledged until this wall time. */
void store_alert_code_forget(struct store *s, const char *person);
void store_alert_code_forget_until(struct store *s, int64_t until_ms);

/* Wrong codes in a person's name since an instant; both 0 where there was none. */
struct alert_try_row { int64_t wrong, from_boot_ms; };
void store_alert_try_get(struct store *s, const char *person, struct alert_try_row *row);
void store_alert_try_put(struct store *s, const char *person, const struct alert_try_row *row);

#endif
