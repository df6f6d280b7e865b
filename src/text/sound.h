/* From the symbols of a word to its keys: v and y become vowels or consonants by what stands around them, then what is
 * long or doubled is squeezed (K1) and all but the first vowel dropped (K2). Pure. */
#ifndef HL_TEXT_SOUND_H
#define HL_TEXT_SOUND_H

#include <stdbool.h>
#include <stddef.h>

/* Settles v and y in symbols[count] in place; keep_v leaves every v a consonant (video, viber). Returns the new count;
 * *v_was_vowel tells that a v was read as a vowel. */
size_t sound_settle(char *symbols, size_t count, bool cyrillic, bool keep_v, bool *v_was_vowel);

/* K1 of settled symbols, to out[count]; returns its length. */
size_t sound_key1(const char *symbols, size_t count, char *out);

/* K2 of a K1, to out[count]; 0 where it has no vowel. */
size_t sound_key2(const char *key1, size_t count, char *out);

#endif
