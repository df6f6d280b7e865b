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

#define TRIAGE_RULES_MAX 16384
/* What a trie keeps of a rule beside its index, so that most rules are turned down without being read: there are too many of
 * them for the caches. WHOLE: it fits no longer word; those stand last. NEGATIVE: its first word must be negative. From
 * NEXT_SHIFT on: the number of the bit that one of the next two words must have (see triage_begin_bit). */
#define TRIAGE_VALUE_RULE 0x3FFFu
#define TRIAGE_VALUE_NEGATIVE (1u << 14)
#define TRIAGE_VALUE_NEXT_SHIFT 16
#define TRIAGE_VALUE_NEXT 0x3Fu
#define TRIAGE_VALUE_WHOLE (1u << 31)
#define TRIAGE_NEXT_ANY 63u /* of rules that ask nothing of the next word */
#define TRIAGE_PARTS_MAX 6
#define TRIAGE_DISTRICTS_MAX 64
#define TRIAGE_PHRASE_GAP 1
#define TRIAGE_STEM_MIN 2 /* letters that stand before an ending */
#define TRIAGE_FIELDS_MAX 128
#define TRIAGE_FIELD_WORDS (TRIAGE_FIELDS_MAX / 64)
#define TRIAGE_COMBINATIONS_MAX 512
#define TRIAGE_ELEMENTS_MAX 4
#define TRIAGE_WINDOW_MAX 40
#define TRIAGE_NEEDED 2 /* conditions that are asked first; most combinations fail there */

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
	TRIAGE_HEDGE = 1 << 28,     /* said with care: it seems, they say, perhaps */
	TRIAGE_HOME = 1 << 29,      /* violence or neglect at home, without gain */
	TRIAGE_CRY = 1 << 30,       /* only crying tells of the hurt */
};

struct triage_part {
	struct fold_key key;
	bool prefix;
	bool suffix;      /* an ending; key is reversed */
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

/* Kept small: every match reads some. */
struct triage_rule {
	const char *stem;  /* as it stands in the file */
	const struct triage_part *parts; /* part_count of them; a combination has none */
	uint32_t flags;
	enum triage_category category : 8;
	enum triage_layer layer : 4;
	enum triage_spelling_kind spelling : 4;
	int8_t weight;
	uint8_t district;  /* of a spelling of a district: its index + 1, else 0 */
	uint8_t field;     /* of a word of a field of meaning: the index of that + 1, else 0 */
	uint8_t gap;       /* how many other words may stand between two neighbours of a phrase */
	uint8_t part_count;
	bool guarded;      /* the rounded vowels must agree in a clean text */
	uint32_t alike;    /* place, from 1, of the one before it in its list of triage_rules.alike; 0: none */
};

/* One of 63 bits for the first two octets of a key: two keys of which one begins with the other (two octets or more) have the
 * same. */
static inline uint64_t triage_begin_bit(const char *key)
{
	return UINT64_C(1) << (((uint8_t)key[0] * 5u + (*key ? (uint8_t)key[1] : 0u) * 11u) % 63u);
}

/* A set of fields of meaning, by bit. */
struct triage_fields {
	uint64_t bits[TRIAGE_FIELD_WORDS];
};

static inline void triage_fields_add(struct triage_fields *to, const struct triage_fields *from)
{
	for (size_t i = 0; i < TRIAGE_FIELD_WORDS; i++)
		to->bits[i] |= from->bits[i];
}

static inline void triage_fields_set(struct triage_fields *to, size_t field)
{
	to->bits[field / 64] |= UINT64_C(1) << (field % 64);
}

static inline bool triage_fields_has(const struct triage_fields *set, size_t field)
{
	return set->bits[field / 64] >> (field % 64) & 1;
}

/* What is known of a word by the rules that match it. */
struct triage_marks {
	struct triage_fields fields;
	uint32_t categories, flags; /* by bit */
	bool negative;
};

/* One condition of a combination: a word with any of these marks. */
struct triage_element {
	struct triage_marks any;
	bool minor;       /* of the whole text: a minor by age or grade */
	bool absent;      /* no word of the text may have the marks */
};

/* Words of several fields near one another: together they are a sign that none of them is alone. */
struct triage_combination {
	struct triage_rule *rule; /* what is said where it fits; its stem is the list of conditions */
	struct triage_element elements[TRIAGE_ELEMENTS_MAX];
	size_t count;
	struct triage_marks any; /* of all its conditions that are there: a word without them is none of its words */
	int window;       /* how many words it spans at most */
	bool ordered;     /* the words stand in the order of the elements */
	const char *file; /* where it stands */
	int line;
};

#define TRIAGE_COMBINATION_WORDS (TRIAGE_COMBINATIONS_MAX / 64)

/* A set of combinations, by bit. */
struct triage_combination_set {
	uint64_t bits[TRIAGE_COMBINATION_WORDS];
};

/* Of the first, second ... condition that is only of fields: which combinations a field fulfils it for, and which have no such
 * condition. So a text asks its few fields instead of each combination. */
struct triage_needed {
	struct triage_combination_set by_field[TRIAGE_FIELDS_MAX], any;
};

struct triage_field {
	char name[20];
	bool filled;      /* has a word */
};

struct triage_district {
	char name[20];
	bool target;
	bool only_near;   /* its whole name, too, needs a cue or a number */
	int khoroos;      /* the highest number of a khoroo */
};

#define TRIAGE_ALIKE_LISTS 4096 /* to find rules that stand twice */

struct triage_rules {
	struct triage_rule *rules;
	size_t count;
	struct triage_district *districts;
	size_t district_count;
	struct triage_field fields[TRIAGE_FIELDS_MAX];
	size_t field_count;
	struct triage_combination *combinations;
	struct triage_needed needed[TRIAGE_NEEDED];
	struct triage_limits *limits; /* limits.h */
	struct triage_weights *weights; /* weights.h; NULL: the rules decide alone */
	size_t combination_count;
	struct trie tries[TRIAGE_LAYERS];
	struct trie endings[TRIAGE_LAYERS]; /* rules whose first word is an ending */
	uint32_t alike[TRIAGE_ALIKE_LISTS]; /* place, from 1, of the last rule of each list; 0: none */
	void **owned;        /* every string and every list of words of the rules, to be freed */
	size_t owned_count;
};

#endif
