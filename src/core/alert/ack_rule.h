/* How long codes are and what wrong ones lead to. Pure: counts and times in, a verdict out.
 *
 * A code has 4 digits while a guess hits with at most 1 in 2,500, whatever is open: the more alerts a person has, the longer the next
 * code. After ACK_TRIES wrong ones in somebody's name their codes are made anew with 8 digits, and stay so until ACK_CALM_MS after the
 * last wrong one. So whoever guesses has ACK_TRIES tries at 1 in 2,500 or less, and from then on 1 in 100,000,000 for each code that is
 * open; and whoever owns the number is never locked out: the new code is on its way to them with the refusal. */
#ifndef HL_CORE_ALERT_ACK_RULE_H
#define HL_CORE_ALERT_ACK_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ACK_TRIES 5
#define ACK_CALM_MS INT64_C(43200000) /* 12 h */
#define ACK_DIGITS_MAX 8
#define ACK_CODE_SIZE (ACK_DIGITS_MAX + 1)
#define ACK_COUNT_MOST 400 /* codes of a person: as many make the longest */

struct ack_tries { int64_t wrong, from_boot_ms; }; /* from: the first of few wrong ones, the last of many */

/* Digits of the next code of a person who has so many valid ones. */
size_t ack_digits(const struct ack_tries *t, size_t valid, int64_t now_boot_ms);

/* Whether digits have a code's length: a text of others is no guess. */
bool ack_is_code_long(size_t digits);

/* One more wrong code. True if it was the one too many: the codes are to be made anew. Another boot (now before from) forgives
 * nothing. */
bool ack_wrong(struct ack_tries *t, int64_t now_boot_ms);

#endif
