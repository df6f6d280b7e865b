/* Folding: a text in Mongolian (Cyrillic, Cyrillic with substitute letters, Latin letters) or English becomes tokens with
 * three keys each, so that one stem written once meets every spelling. Pure; never fails, whatever the octets; never decides
 * what a word means (that is triage). */
#ifndef HL_TEXT_FOLD_H
#define HL_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is over this is not read: the longest concatenated message, 255 parts, is shorter. */
#define FOLD_TEXT_MAX 65536u
/* A longer word is read as its first letters. */
#define FOLD_LETTERS_MAX 64u
/* Numbers are read up to here; a longer one gives this value. */
#define FOLD_NUMBER_MAX 999999999u

enum fold_kind { FOLD_WORD, FOLD_NUMBER, FOLD_MARK };

/* A key is a string without a NUL inside, and ends in one. */
struct fold_key {
	const char *s;
	uint16_t len;
};

struct fold_token {
	enum fold_kind kind;
	uint32_t start, end;  /* octets of the text, end not included */
	uint16_t letters;     /* letters or digits kept */
	bool cyrillic;        /* a word most of whose letters are Cyrillic */
	bool negative;        /* a word with a negative ending (-гүй, -gui, medq ...) */
	char mark;            /* of a mark: one of . , ; : ! ? - / % and line feed */
	uint32_t number;      /* of a number */
	/* Of a word. k0: lower case with look-alikes and substitutes repaired, in UTF-8. k1: of the 21 symbols
	 * a b c d e g h i k l m n o p q r s t v y z, where all rounded vowels are o, and nothing is doubled. k2: k1
	 * with only its first vowel, as a capital; empty where there is none. */
	struct fold_key k0, k1, k2;
};

struct fold_text {
	struct fold_token *tokens;
	size_t count;
	uint32_t *words;      /* indices of the tokens that are words */
	size_t word_count;
	bool clean;           /* the sender tells the rounded vowels apart: no guessing is needed */
	/* What left no token though it says something: letters of an alphabet that is not read here, and signs such as emoji. Whoever takes a
	 * text for one exact word must look at them. */
	size_t other_letters, signs;
	void *memory;
};

/* Folds text[len] into *out; fold_text_close frees it. Thread-safe. */
void fold_text_open(struct fold_text *out, const char *text, size_t len);
void fold_text_close(struct fold_text *text);

/* The rounded vowels of a k0 in order as letters '1' (о) '2' (ө) '3' (у) '4' (ү), runs of the same written once; out[max] ends
 * in a NUL and is cut where it is too short. */
void fold_rounding(struct fold_key k0, char *out, size_t max);

#endif
