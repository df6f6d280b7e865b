/* The rules as triage holds them in memory: stems folded to keys, an index for each key, districts. Internal to triage;
 * built once by load.c and never changed after. */
#ifndef HL_CORE_TRIAGE_RULES_H
#define HL_CORE_TRIAGE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/triage/triage.h"
#include "core/triage/trie.h"
#include "text/fold.h"

#define TRIAGE_RULES_MAX 8192
#define TRIAGE_PARTS_MAX 6
#define TRIAGE_DISTRICTS_MAX 64
#define TRIAGE_PHRASE_GAP 1

enum triage_layer { TRIAGE_K0, TRIAGE_K1, TRIAGE_K2 };
#define TRIAGE_LAYERS 3

/* What else a row says, beside its category and weight. */
enum triage_flag {
	TRIAGE_CONTEXT = 1 << 0,    /* counts only beside another sign of risk */
	TRIAGE_ENGLISH = 1 << 1,
	TRIAGE_HINT = 1 << 2,       /* of a child, but not enough to say that one is mentioned */
	TRIAGE_GIRL = 1 << 3,
	TRIAGE_INTEREST = 1 << 4,   /* a son, or the interest of a loan */
	TRIAGE_LOAN = 1 << 5,
	TRIAGE_NOW = 1 << 6,
	TRIAGE_STILL = 1 << 7,      /* "now" only means still */
	TRIAGE_SOON = 1 << 8,       /* within a day */
	TRIAGE_DAYS = 1 << 9,       /* within days */
	TRIAGE_HELD = 1 << 10,      /* somebody cannot leave */
	TRIAGE_TAKEN = 1 << 11,     /* somebody is moved or handed over */
	TRIAGE_HURT = 1 << 12,
	TRIAGE_HARM = 1 << 13,      /* the sender may harm herself */
	TRIAGE_MISSING = 1 << 14,   /* cannot be reached */
	TRIAGE_LEFT = 1 << 15,      /* has gone away with somebody */
	TRIAGE_NEGLECT = 1 << 16,   /* nobody looks after a child */
	TRIAGE_HEARSAY = 1 << 17,   /* told by others, or only suspected */
	TRIAGE_VAGUE = 1 << 18,     /* a generality */
	TRIAGE_PAST = 1 << 19,
	TRIAGE_RETRACT = 1 << 20,   /* taken back */
	TRIAGE_ME = 1 << 21,        /* it happens to the sender */
	TRIAGE_KIN = 1 << 22,       /* it happens to a person close to the sender */
	TRIAGE_WITNESS = 1 << 23,   /* it happens where the sender sees it */
	TRIAGE_FOLLOW_UP = 1 << 24, /* a case code, "came again" */
	TRIAGE_STRONG = 1 << 25,    /* of another kind than a tip: decides where nobody tells of somebody in particular */
	TRIAGE_ASKS = 1 << 26,      /* makes the sentence a question */
	TRIAGE_POLITE = 1 << 27,    /* may stand beside a command */
};

struct triage_part {
	struct fold_key key;
	bool prefix;
	bool negative;    /* fits only a word with a negative ending */
	char rounding[8]; /* see fold_rounding */
};

/* How a spelling of a district may be taken. */
enum triage_spelling_kind {
	TRIAGE_SPELL_PREFIX,   /* beginning, on K1; of several words all but the last are whole */
	TRIAGE_SPELL_SKELETON, /* whole word, on K2 */
	TRIAGE_SPELL_SHORT,    /* abbreviation, whole word on K0 */
	TRIAGE_SPELL_CAREFUL,  /* also a word of texters: with a number, near a cue, first in the message or standing alone */
	TRIAGE_SPELL_KIN,      /* as careful, but never for standing first or alone */
	TRIAGE_SPELL_NEAR,     /* only near a cue */
	TRIAGE_SPELL_EXCEPT,   /* words that make it something else, on K1 */
};

struct triage_rule {
	const char *stem;  /* as it stands in the file */
	enum triage_category category;
	enum triage_layer layer;
	int weight;
	uint32_t flags;
	bool guarded;      /* the rounded vowels must agree in a clean text */
	uint8_t gap;       /* how many other words may stand between two neighbours of a phrase */
	uint8_t district;  /* of a spelling of a district: its index + 1, else 0 */
	enum triage_spelling_kind spelling;
	size_t part_count;
	struct triage_part parts[TRIAGE_PARTS_MAX];
};

struct triage_district {
	char name[20];
	bool target;
	bool only_near;   /* its whole name, too, needs a cue or a number */
	int khoroos;      /* the highest number of a khoroo */
};

struct triage_rules {
	struct triage_rule *rules;
	size_t count;
	struct triage_district *districts;
	size_t district_count;
	struct trie tries[TRIAGE_LAYERS];
	char **owned;        /* every string of the rules, to be freed */
	size_t owned_count;
};

#endif
