/* Learned weights (weights.tsv beside the rules, made by tools/learn-weights): how much each piece of a text speaks for a report,
 * for its being urgent, for each other kind and for each exploitation. Reads and adds up; what follows from it is decided in
 * learned.h. Never grows with what is received. Internal to triage. */
#ifndef HL_CORE_TRIAGE_WEIGHTS_H
#define HL_CORE_TRIAGE_WEIGHTS_H

#include <stdio.h>

#include "base/error.h"
#include "core/triage/facts.h"
#include "core/triage/features.h"
#include "core/triage/parse_row.h"

/* The columns of the file. A kind is weighed against TRIAGE_WRONG_NUMBER and an exploitation against TRIAGE_EXPL_UNCLEAR, which
 * have no column: theirs is always 0. */
enum triage_lane {
	TRIAGE_LANE_TIP, TRIAGE_LANE_URGENT, TRIAGE_LANE_EMERGENCY,
	TRIAGE_LANE_CAMPAIGN_REPLY, TRIAGE_LANE_OPT_OUT, TRIAGE_LANE_OPT_IN, TRIAGE_LANE_QUESTION, TRIAGE_LANE_THANKS, TRIAGE_LANE_ACK,
	TRIAGE_LANE_SPAM, TRIAGE_LANE_ABUSE, TRIAGE_LANE_TEST,
	TRIAGE_LANE_SEX, TRIAGE_LANE_LABOUR, TRIAGE_LANE_ONLINE, TRIAGE_LANE_NONE
};
#define TRIAGE_LANES (TRIAGE_LANE_NONE + 1)

#define TRIAGE_WEIGHTS_MAX 32768 /* lines of the file */
#define TRIAGE_WEIGHT_SCALE 16   /* steps of one unit of log odds; what is added up has them, too */

/* What a text adds up to, in each lane; 0 is the line between yes and no. */
struct triage_scores {
	int lane[TRIAGE_LANES];
};

#define TRIAGE_ROOTS 1024 /* a text with more features than this counts as one with so many */

/* Where a feature is looked up: the upper half of its hash tells it from others that would stand at the same place. */
struct triage_weight_slot {
	uint32_t tag;
	uint32_t row; /* 0: empty */
};

#define TRIAGE_HALF 8
typedef int16_t triage_half __attribute__((vector_size(2 * TRIAGE_HALF)));

struct triage_weight_row {
	triage_half half[TRIAGE_LANES / TRIAGE_HALF]; /* lane by lane, as the processor adds them */
};
_Static_assert(TRIAGE_LANES % TRIAGE_HALF == 0, "lanes");

struct triage_weights {
	struct triage_weight_slot *slots; /* open addressing, at most a quarter of them taken */
	size_t mask;
	struct triage_weight_row *rows; /* rows[0] is of zeros */
	uint32_t *names;  /* where the name of each row begins in pool */
	char *pool;
	size_t count, pool_len; /* count: with row 0 */
	int bias[TRIAGE_LANES];
	struct triage_weight_row facts[TRIAGE_FACTS_MAX];
	uint16_t root[TRIAGE_ROOTS]; /* TRIAGE_ROOT_ONE divided by the root of n */
};

#define TRIAGE_ROOT_ONE 4096

/* Reads a file into a new struct; name is how errors call it, rules name the fields of meaning. HL_EINVAL, HL_ERANGE,
 * HL_EEXIST or HL_EIO with file, line and the mend; telling is told of every bad line and may be NULL. The caller frees
 * *weights with triage_weights_free. */
int triage_weights_read(FILE *file, const char *name, const struct triage_rules *rules, struct triage_weights **weights,
	struct triage_telling *telling, struct hl_reason *reason);
void triage_weights_free(struct triage_weights *weights); /* NULL is allowed */

/* The row of a feature, NULL where nothing was learned of it. */
const struct triage_weight_row *triage_weights_find(const struct triage_weights *weights, uint64_t hash);

/* Adds up a text with its facts (facts.h). */
void triage_weigh(const struct triage_weights *weights, const struct fold_text *text, const uint8_t *facts, size_t fact_count,
	struct triage_scores *out);

/* The words that add most to the first two lanes, strongest first; returns how many, at most max. */
size_t triage_weigh_words(const struct triage_weights *weights, const struct fold_text *text, struct triage_learned_word *out,
	size_t max);

#endif
