/* By what people of the roster answer alerts, as rows: a code for each alert and person, sealed, and how many wrong ones came in a
 * person's name. Knows no key and decides nothing; codes go with their alert. */
#ifndef HL_STORE_ALERT_CODE_H
#define HL_STORE_ALERT_CODE_H

#include "store/store.h"

#define ALERT_CODE_BODY 80 /* octets of a sealed code, at most */

struct alert_code_row { int64_t alert_id, made_ms; uint8_t body[ALERT_CODE_BODY]; size_t body_len; };

/* False where this person has none for the alert. */
bool store_alert_code_get(struct store *s, int64_t alert_id, const char *person, struct alert_code_row *row);
void store_alert_code_put(struct store *s, const char *person, const struct alert_code_row *row);

/* The person's codes of alerts that are open, or were acknowledged after this wall time; the newest first. each returns false to end. */
void store_alert_code_each(struct store *s, const char *person, int64_t since_ms,
	bool (*each)(void *arg, const struct alert_code_row *row), void *arg);
/* Forgets the person's codes of alerts acknowledged before; all of them where since_ms is INT64_MAX. */
void store_alert_code_forget(struct store *s, const char *person, int64_t since_ms);

/* Wrong codes in a person's name since an instant; both 0 where there was none. */
struct alert_try_row { int64_t wrong, from_boot_ms; };
void store_alert_try_get(struct store *s, const char *person, struct alert_try_row *row);
void store_alert_try_put(struct store *s, const char *person, const struct alert_try_row *row);

#endif
