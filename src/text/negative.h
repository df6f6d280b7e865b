/* Whether a word's ending says no: -гүй and its many spellings. Pure. */
#ifndef HL_TEXT_NEGATIVE_H
#define HL_TEXT_NEGATIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* letters[count] are those of the word's K0. In a clean text (the sender has ү and uses it) -гуй is no negation. */
bool negative_ending(const uint16_t *letters, size_t count, bool cyrillic, bool clean);

#endif
