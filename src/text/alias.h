/* The short spellings of text messages (bn, bga, yvj, medq) become the word they stand for before its sound is folded.
 * A table of words, a table of beginnings and two rules for the ending -q and -ku. Pure. */
#ifndef HL_TEXT_ALIAS_H
#define HL_TEXT_ALIAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many letters an alias can add to a word. */
#define ALIAS_GROWTH 10

/* Rewrites letters[count] in place (room for count + ALIAS_GROWTH) and returns the new count. *negative tells that one of
 * the two rules for negative endings applied. cyrillic: the letters are those of a Cyrillic k0. */
size_t alias_apply(uint16_t *letters, size_t count, bool cyrillic, bool *negative);

#endif
