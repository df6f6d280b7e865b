/* A backup of the database while it is in use. It is copied in small steps between turns to a file beside it, which is
 * checked, page by page, and then read out over the control socket, sealed so that only the recovery key opens it, by
 * whoever asked; that one writes it where they like. So the core needs no right to write anywhere else, and the copy that
 * lies on its disk for a while is as sealed as the database is. The keys are in no backup: destroying a week's key would
 * not reach them there. */
#ifndef HL_CORE_BACKUP_BACKUP_H
#define HL_CORE_BACKUP_BACKUP_H

#include "core/core.h"

#define BACKUP_STEP_PAGES 64            /* 256 KiB, about a millisecond */
#define BACKUP_ANSWER_MS 1000           /* while it is being copied, a question is answered this often */
#define BACKUP_FORSAKEN_MS 60000        /* after so long without a question another may begin */
#define BACKUP_ROOM (64 << 20)          /* octets that stay free on the disk */
#define BACKUP_NAME "hotlined backup 1" /* how a file begins */

struct backup;

/* Removes what a crash left. */
struct backup *backup_new(struct core *core);
void backup_free(struct backup *b);

/* Since the last one was read out, or since the database was made; for the status. */
int64_t backup_age_days(struct core *core);
/* What the check of the last backup found wrong with the database; false: nothing. */
#define BACKUP_DAMAGE_SIZE 256
bool backup_has_found_damage(struct core *core, char out[BACKUP_DAMAGE_SIZE]);
/* A run of retention destroyed keys since the last backup: texts of these weeks that were moved cannot be opened in it. */
bool backup_has_lost_weeks(struct core *core);

#endif
