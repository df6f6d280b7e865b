/* The roster of the running core: from the file, or, once one was imported, from the database, with the overrides that people made. A
 * new one is checked and taken whole or refused whole; what was refused is told by the status, and the old one stays. Changes of the
 * database take effect after their commit. Whoever holds a struct roster_person must not keep it beyond the event that it got it in. */
#ifndef HL_CORE_DUTY_LIVE_H
#define HL_CORE_DUTY_LIVE_H

#include <jansson.h>

#include "core/core.h"
#include "core/roster/cover.h"
#include "core/roster/roster.h"
#include "store/roster.h"

#define ROSTER_LIVE_TEXT_MAX 40000 /* octets of a roster that is imported: one request carries it */
#define ROSTER_LIVE_DAYS 30        /* that gaps and double cover are looked for */
#define ROSTER_LIVE_COVER_MAX 200
#define ROSTER_LIVE_OVERRIDES_MAX 200 /* of run time: the others of SCHEDULE_OVERRIDES_MAX are the file's, or lately over */
#define ROSTER_LIVE_KEPT_MS (INT64_C(62) * 24 * 60 * 60 * 1000) /* overrides are kept so long after their end, for exports */

struct roster_live;

/* core->roster is what the file says; from now on it is this room's. */
struct roster_live *roster_live_new(struct core *core);
void roster_live_free(struct roster_live *l);

/* What the rooms above are told. Each adds a struct when it starts; any function may be NULL. */
struct roster_live_hooks {
	/* core->roster is another one, or its overrides are: pointers into the old one are gone. Called after a commit or from a timer, and
	 * while a room starts: it may begin a turn and write there. */
	void (*changed)(struct core *core);
};
/* The struct must live as long as the core. */
void roster_live_add_hooks(struct core *core, const struct roster_live_hooks *hooks);

/* A look at the file and the shifts (the health room's timer). */
void roster_live_tick(struct core *core);

/* Reads the file again. True where it was taken (or an imported one stays in force); else e says why not. */
bool roster_live_reload(struct core *core, const char *actor, struct conf_errors *e);

/* Takes this text instead of the file, from the commit of the open turn on. False where e says why not. */
bool roster_live_import(struct core *core, const char *actor, const char *text, size_t len, struct conf_errors *e);
/* Goes back to the file, likewise. */
bool roster_live_use_file(struct core *core, const char *actor, struct conf_errors *e);

/* The rows of overrides were changed in the open turn. */
void roster_live_overrides_changed(struct core *core);

/* What an override in the database is for this roster. False where it is for a rotation or only for people that it does not have. */
bool roster_live_override(const struct roster *r, const struct roster_override_row *row, struct schedule_override *out);

/* Who imported the roster that is in force; NULL: it is the file's. */
const char *roster_live_imported_by(const struct core *core);

/* Gaps and double cover of all units for the next ROSTER_LIVE_DAYS days. */
const struct cover_span *roster_live_cover(const struct core *core, size_t *count);

/* What is amiss, in words: a JSON array of strings. The caller ends with json_decref(). */
json_t *roster_live_complaints(const struct core *core);

#endif
