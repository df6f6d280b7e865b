/* Campaigns as rows: name, state, definition, times, money, and counts by district, operator, language and state that are kept in the
 * transactions that change a recipient, so that nobody ever counts 50,000 rows to show progress. States are numbers here; which follows
 * which is decided in core/campaign/campaign_state.c. */
#ifndef HL_STORE_CAMPAIGN_H
#define HL_STORE_CAMPAIGN_H

#include "store/store.h"

#define CAMPAIGN_NAME_SIZE 41
#define CAMPAIGN_DISTRICT_SIZE 32
#define CAMPAIGN_OPERATOR_SIZE 24
#define CAMPAIGN_PERSON_SIZE 64
#define CAMPAIGN_WHY_SIZE 160

enum campaign_planned { CAMPAIGN_NOT_PLANNED, CAMPAIGN_PLANNING, CAMPAIGN_PLANNED }; /* stored: never renumber */

struct campaign_row {
	int64_t id;
	char name[CAMPAIGN_NAME_SIZE];
	int state, kind, planned;            /* core/campaign/campaign_state.h, campaign_def.h; enum campaign_planned */
	char keyword[CAMPAIGN_DISTRICT_SIZE * 3];
	char made_by[CAMPAIGN_PERSON_SIZE], approved_by[CAMPAIGN_PERSON_SIZE];
	int64_t made_ms, approved_ms, start_ms, started_ms, finished_ms, archived_ms; /* 0: not yet, or none */
	int64_t expires_ms, answers_until_ms; /* 0: it has not started */
	int64_t spent, budget;
	uint64_t recent;                     /* how the last texts ended, a bit each, 1: badly; the youngest is bit 0 */
	int64_t recent_count;                /* of these bits, as many are filled */
	char why[CAMPAIGN_WHY_SIZE];         /* of its state, in words */
};

/* Sets row->id. HL_EEXIST where the name is taken. */
int campaign_insert(struct store *s, struct campaign_row *row, const char *definition);
/* Writes everything but id, name, made_by and made_ms. */
void campaign_update(struct store *s, const struct campaign_row *row);
/* Another definition for a draft. */
void campaign_set_definition(struct store *s, int64_t id, const char *definition);

/* False where there is none. */
bool campaign_get(struct store *s, int64_t id, struct campaign_row *row);
bool campaign_get_name(struct store *s, const char *name, struct campaign_row *row);
/* The newest that is not archived and has this (folded) keyword. */
bool campaign_get_keyword(struct store *s, const char *keyword, struct campaign_row *row);
/* Its definition; freed by the caller; NULL where there is none. */
char *campaign_get_definition(struct store *s, int64_t id);

/* Newest first, with ids below `before` (0: all); archived ones only where told to. Returns how many were written. */
size_t campaign_list(struct store *s, bool archived, int64_t before, struct campaign_row *rows, size_t max);
/* Scheduled, running and paused ones above `after`, in order of id. */
size_t campaign_list_live(struct store *s, int64_t after, struct campaign_row *rows, size_t max);

/* ---- counts ------------------------------------------------------------------------------------------------------------- */

struct campaign_count_row {
	char district[CAMPAIGN_DISTRICT_SIZE], operator_name[CAMPAIGN_OPERATOR_SIZE];
	int language, state;
	int64_t recipients, parts;
};

/* Adds to a count; recipients and parts may be negative. */
void campaign_count_add(struct store *s, int64_t campaign_id, const struct campaign_count_row *add);
/* Calls back for each that is not 0. */
void campaign_count_each(struct store *s, int64_t campaign_id, void (*each)(void *arg, const struct campaign_count_row *row), void *arg);
int64_t campaign_count_of(struct store *s, int64_t campaign_id, int state);

/* What became of recipients on a local day ("2026-11-22"); n may be negative. */
void campaign_day_add(struct store *s, int64_t campaign_id, const char *day, const char *district, int state, int64_t n);
void campaign_day_each(struct store *s, int64_t campaign_id,
	void (*each)(void *arg, const char *day, const char *district, int state, int64_t n), void *arg);

/* Who of the selection was left out of the plan, by reason. */
void campaign_left_out_add(struct store *s, int64_t campaign_id, const char *reason, int64_t people);
void campaign_left_out_each(struct store *s, int64_t campaign_id, void (*each)(void *arg, const char *reason, int64_t people), void *arg);

#endif
