/* The weekly keys: one file a week in the keyring folder, sealed under keyring.key. A key is used only once its file is on the
 * disk. Only for the files of src/vault/. */
#ifndef HL_VAULT_KEYRING_H
#define HL_VAULT_KEYRING_H

#include "vault/envelope.h"

struct vault {                      /* in sodium_malloc() memory as a whole */
	uint8_t number[VAULT_KEY], alias[VAULT_KEY], transit[VAULT_KEY], keyring[VAULT_KEY];
	char keyring_dir[256];
	char week[VAULT_WEEK];          /* the week of week_key, "" if none yet */
	uint8_t week_key[VAULT_KEY];
	struct envelope_sender sender;
};

/* The ISO week (of UTC) that a wall time is in. Times before 1970 or after 9999 count as those years' ends. */
void keyring_week_of(int64_t wall_ms, char week[VAULT_WEEK]);

/* The week's key for sealing: kept in memory, read, or made. */
int keyring_current(struct vault *v, int64_t wall_ms, struct hl_reason *reason);

/* The week's key for opening. HL_ENOENT: destroyed, HL_ECORRUPT, HL_EIO, HL_EINVAL: not a week's name. */
int keyring_read(struct vault *v, const char *week, uint8_t key[VAULT_KEY], struct hl_reason *reason);

/* Looks at every file: HL_ECORRUPT if there are some and keyring.key opens none; HL_EIO where the folder is not writable. */
int keyring_check(struct vault *v, struct hl_reason *reason);

#endif
