/* The letters of folding: which characters make words, how look-alikes and substitutes are repaired, and which of 21
 * sound symbols each stands for. Tables only; pure. */
#ifndef HL_TEXT_LETTERS_H
#define HL_TEXT_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum letters_script { LETTERS_NONE, LETTERS_LATIN, LETTERS_CYRILLIC };

/* The same for the letters that are in no plain alphabet. */
enum letters_script letters_script_of_rare(uint32_t cp);

/* Of a character in lower case; Greek theta counts as Latin. Inline, because it is asked of every character thrice. */
static inline enum letters_script letters_script_of(uint32_t cp)
{
	if (cp >= 'a' && cp <= 'z')
		return LETTERS_LATIN;
	if (cp >= 0x430 && cp <= 0x44F)
		return LETTERS_CYRILLIC;
	return cp < 0xF2 ? LETTERS_NONE : letters_script_of_rare(cp);
}

/* The letter that stands for cp in a Cyrillic word: Latin look-alikes and substitutes for the rounded vowels repaired. */
uint16_t letters_repair(uint16_t letter);

/* The symbols of the word's letters before v and y are settled, at most two for each letter: out[2 * count]. Returns how many. */
size_t letters_to_symbols(const uint16_t *letters, size_t count, bool cyrillic, char *out);

#endif
