/* Numbers that tell an age or a school grade: "15tai", "13, 14 настай", "9-р анги", "18 хүрээгүй", "bi 14". Numbers of more than
 * two digits are codes, prices or years and never ages. Internal to triage. */
#ifndef HL_CORE_TRIAGE_AGES_H
#define HL_CORE_TRIAGE_AGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/fold.h"

#define TRIAGE_AGES_MAX 32

enum triage_age_kind { TRIAGE_AGE, TRIAGE_GRADE, TRIAGE_UNDER, TRIAGE_FROM };

struct triage_age {
	enum triage_age_kind kind;
	int number;
	uint32_t token; /* of the number, or of the number word */
	uint32_t last;  /* the token that ends what tells the age */
};

/* Finds at most TRIAGE_AGES_MAX, from left to right but for a range ("13, 14 настай"), whose last number comes first.
 * is_child tells by token which words name a child (may be NULL). Returns how many. */
size_t triage_find_ages(const struct fold_text *text, const bool *is_child, struct triage_age *ages);

/* Whether it tells a minor. */
bool triage_age_is_minor(const struct triage_age *age);

/* "age", "grade", "under", "from". */
const char *triage_age_name(enum triage_age_kind kind);

#endif
