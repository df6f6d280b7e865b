/* Somebody who texted: looked up by alias, the number kept encrypted, and what they were answered. */
#ifndef HL_STORE_CONTACT_H
#define HL_STORE_CONTACT_H

#include "store/store.h"

#define CONTACT_ALIAS 32
#define CONTACT_NUMBER_MAX 96 /* octets of an encrypted number */
#define CONTACT_LOOP_HASH 8

struct contact_row {
	int64_t id;
	bool answerable;         /* false: an alphanumeric or short sender */
	int script;              /* enum triage_script of the last text */
	int64_t receipts;        /* sent since receipts_from_boot_ms */
	int64_t receipts_from_boot_ms, receipt_boot_ms; /* first and last of them; 0: none in this boot */
	int safety;              /* enum contact_safety of core/dialogue/contact_safety.h */
	int64_t safe_boot_ms;    /* when they last told that it is safe; 0: not in this boot */
	int hours_from_min, hours_to_min; /* minutes after midnight; equal: at any time */
	bool refused;            /* asked for silence and has not written since */
	int64_t unanswered;      /* questions sent since the last text of theirs */
	uint8_t loop_hash[CONTACT_LOOP_HASH]; /* of the last text, folded; zeros: none */
	int64_t loop_count;      /* how often that came after an answer of ours */
	bool answered;           /* something was sent since the last text of theirs */
	int64_t advised_day;     /* since 1970: when they were last told whom to call; 0: never */
	int64_t codes, codes_day; /* codes of cases that their texts named on that day since 1970 */
};

/* False where there is none. */
bool contact_get_alias(struct store *s, const uint8_t alias[CONTACT_ALIAS], struct contact_row *row);
bool contact_get(struct store *s, int64_t id, struct contact_row *row);

/* The alias and the encrypted number, whose octets are returned; 0 where there is none. */
size_t contact_get_number(struct store *s, int64_t id, uint8_t alias[CONTACT_ALIAS],
	uint8_t number[CONTACT_NUMBER_MAX]);

/* Sets row->id; first_ms is wall time. What they wished about being texted before they were erased (retention_contacts())
 * holds again. */
void contact_insert(struct store *s, struct contact_row *row, const uint8_t alias[CONTACT_ALIAS], const uint8_t *number,
	size_t number_len, int64_t first_ms);

/* Writes everything but id and answerable. */
void contact_update(struct store *s, const struct contact_row *row);

/* After another boot: boot times of the one before mean nothing. */
void contact_forget_receipts(struct store *s);

#endif
