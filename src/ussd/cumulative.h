/* Africa's Talking tells with each request all that was typed since the session began, with "*" between the answers,
 * which may have "*" inside: what is new is what goes beyond the text of the last step that was answered. Pure. */
#ifndef HL_USSD_CUMULATIVE_H
#define HL_USSD_CUMULATIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is known of the steps so far: the text of the last one that was answered, and where its own input begins in
 * it. */
struct cumulative_had {
	const char *text;
	size_t input_at;
	int64_t step; /* 1: the one that began the session; 0: nothing is known of it, as after a restart */
};

struct cumulative_step {
	size_t input_at; /* in the new text */
	int64_t step;
	bool repeat;     /* the step that was answered already */
};

/* False where the text does not go on from what is known: a step out of order. Where nothing is known each "*"
 * counts. */
bool cumulative_next(const struct cumulative_had *had, const char *text, struct cumulative_step *out);

#endif
