/* A line of the log that others can cause as often as they like: written once a minute, with how often it was left
 * out. Pure; the caller writes the line, and counts what must be exact elsewhere. */
#ifndef HL_BASE_SELDOM_H
#define HL_BASE_SELDOM_H

#include <stdbool.h>
#include <stdint.h>

#define HL_SELDOM_MS 60000

struct hl_seldom { int64_t next_ms; uint64_t left_out; }; /* begins as zero */

/* Whether the line may be written now (ms of a clock that nobody sets); then *left_out is how many were not since the
 * last one. */
bool hl_seldom(struct hl_seldom *s, int64_t now_ms, uint64_t *left_out);

#endif
