/* One job of reception at a time: the command, what its lines and its result mean. reception_choice.c chooses which. Only
 * reception's own files include this. */
#ifndef HL_MODEM_RECEPTION_JOB_H
#define HL_MODEM_RECEPTION_JOB_H

#include "modem/reception.h"

#define MEMORY_ERRORS_MAX 3

extern const char *const reception_memory_names[MEMORIES_MAX];

void reception_set_job(struct worker *w, enum reception_job job, int memory, int slot);
/* Gives the idle modem the job that was set, or first the choice of its memory. */
void reception_run_job(struct worker *w);

/* Room again for what did not fit the table of held texts: it is looked for at once. */
void reception_look_behind(struct worker *w);

/* Forgets announcements of this slot; slot -1: of the whole memory. */
void reception_drop_reads(struct reception *r, int memory, int slot);

/* The modem failed in the middle of this job. */
void reception_blame(struct worker *w, enum reception_job job);

#endif
