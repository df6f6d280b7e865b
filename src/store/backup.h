/* A copy of the whole database while it is in use, in steps between transactions, on the one connection: what is written meanwhile
 * goes into the copy as well, so that it is of the moment when the last step ended. */
#ifndef HL_STORE_BACKUP_H
#define HL_STORE_BACKUP_H

#include "store/store.h"

struct store_backup;

/* Makes the file path, which must not exist (mode 0600). HL_EEXIST, HL_EIO, HL_EFULL. */
int store_backup_start(struct store *s, const char *path, struct store_backup **b, struct hl_reason *reason);

/* Copies some pages, outside of a transaction. 1: there are more; 0: the copy is complete; an error. */
int store_backup_step(struct store_backup *b, int pages);

/* How much is done, in octets. */
void store_backup_progress(const struct store_backup *b, int64_t *done, int64_t *total);

/* Closes the copy; the file stays. */
void store_backup_end(struct store_backup *b);

/* Whether the file is sound in every page and index, and every reference leads somewhere; for a restored database, before it is
 * used. HL_ECORRUPT with the first complaint. Takes as long as reading all of it. */
int store_check(struct store *s, struct hl_reason *reason);

/* The same of a copy that nobody writes to, over a connection of its own, so that another thread may look. Changes nothing in it. */
int store_check_copy(const char *path, struct hl_reason *reason);

/* After a restore: what was on its way to the public when the backup was made may have been sent since, and is not sent again; alerts
 * are. Deadlines count as due. Returns how many texts. */
int store_after_restore(struct store *s);

/* Some number of the database, to try the keys with: its octets, or 0 where there is none. */
size_t store_any_number(struct store *s, uint8_t alias[32], uint8_t *number, size_t size);
/* How many texts each week has, in order. */
void store_weeks(struct store *s, void (*each)(void *arg, const char *week, int64_t texts), void *arg);

#endif
