/* Who agreed to be texted by campaigns: how and when they agreed, where they live, what they read. Apart from the contacts (who texted):
 * a report never makes a subscriber, and a subscriber is in no case. The number is encrypted; what identifies a row outside is its id.
 * Whether a subscriber may be texted now is asked of core/contacts/eligible.h, never of the state here alone. */
#ifndef HL_STORE_SUBSCRIBER_H
#define HL_STORE_SUBSCRIBER_H

#include "store/store.h"

#define SUBSCRIBER_ALIAS 32
#define SUBSCRIBER_NUMBER_MAX 96    /* octets of an encrypted number */
#define SUBSCRIBER_DISTRICT_SIZE 20
#define SUBSCRIBER_SOURCE_SIZE 64
#define SUBSCRIBER_GROUP_SIZE 48    /* of a group's name */

/* Stored: never renumber. */
enum subscriber_state { SUBSCRIBER_ACTIVE, SUBSCRIBER_STOPPED };
enum subscriber_language { SUBSCRIBER_MN, SUBSCRIBER_EN, SUBSCRIBER_LANGUAGES };
enum subscriber_script { SUBSCRIBER_CYRL, SUBSCRIBER_LATN, SUBSCRIBER_SCRIPTS };

struct subscriber_row {
	int64_t id;
	uint8_t alias[SUBSCRIBER_ALIAS];
	uint8_t number[SUBSCRIBER_NUMBER_MAX]; /* vault_number_open(vault, alias, number, number_len, ...) */
	size_t number_len;                     /* 0: they said STOP, the number is not kept */
	int state, language, script;           /* enum subscriber_... */
	char district[SUBSCRIBER_DISTRICT_SIZE]; /* "" not known */
	char source[SUBSCRIBER_SOURCE_SIZE];   /* of the consent */
	int64_t consent_ms;
	int64_t import_id;                     /* 0: came by text */
	int64_t joined_ms, updated_ms;
};

/* False where there is none. */
bool subscriber_get(struct store *s, int64_t id, struct subscriber_row *row);
bool subscriber_get_alias(struct store *s, const uint8_t alias[SUBSCRIBER_ALIAS], struct subscriber_row *row);

/* Sets row->id. */
void subscriber_insert(struct store *s, struct subscriber_row *row);
/* Writes everything but id, alias and joined_ms. */
void subscriber_update(struct store *s, const struct subscriber_row *row);

/* ---- groups ------------------------------------------------------------------------------------------------------------ */

/* 0 where there is none of this name; with make it is made. */
int64_t subscriber_group_id(struct store *s, const char *name, bool make, int64_t now_ms);
struct subscriber_group { int64_t id, members; char name[SUBSCRIBER_GROUP_SIZE]; };
/* Groups above this id, in order of it. */
size_t subscriber_groups(struct store *s, int64_t after, struct subscriber_group *groups, size_t max);
size_t subscriber_groups_count(struct store *s);
/* Nothing where they are in it, or are not. */
void subscriber_join(struct store *s, int64_t subscriber_id, int64_t group_id);
void subscriber_leave(struct store *s, int64_t subscriber_id, int64_t group_id);
/* Names of their groups, ", " between; cut to size. */
void subscriber_groups_of(struct store *s, int64_t subscriber_id, char *out, size_t size);

/* What stands of one alias in every table that decides whether it may be texted; all 0 where nothing does. */
struct subscriber_facts {
	bool known, active;
	int64_t consent_ms;
	bool stopped;        /* said STOP, whether or not a subscriber is left */
	int safety;          /* enum contact_safety of the contact, or of the wish of one that was erased; 0 where there is none */
	bool refused;        /* asked for silence */
	int hours_from_min, hours_to_min; /* equal: at any time */
	bool open_case;      /* a tip of theirs is open, or a case that an officer has or that was alerted */
};
void subscriber_look(struct store *s, const uint8_t alias[SUBSCRIBER_ALIAS], struct subscriber_facts *facts);

#endif
