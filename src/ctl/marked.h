/* A text with the words marked that triage went by: underlined where there are colours, else in [brackets]. */
#ifndef HL_CTL_MARKED_H
#define HL_CTL_MARKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define MARKED_SPANS_MAX 32

struct span { size_t start, end; }; /* octets, end not included */

/* Prints the text indented, its lines kept, made harmless. Spans may overlap and lie in any order; they are sorted
 * and joined in place. */
void marked_print(FILE *out, const char *text, size_t len, struct span *spans, size_t count, bool colours);

#endif
