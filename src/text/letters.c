#include "text/letters.h"

#include <string.h>

/* One row for each letter U+0430..U+044F and the few others: its symbols in K1. */
static const char basic_cyrillic[32][3] = {
	"a", "b", "v", "g", "d", "e", "z", "z", /* а б в г д е ж з */
	"i", "", "k", "l", "m", "n", "o", "p",  /* и й к л м н о п */
	"r", "s", "t", "o", "p", "h", "c", "c", /* р с т у ф х ц ч */
	"q", "q", "", "i", "", "e", "yo", "ya", /* ш щ ъ ы ь э ю я */
};

/* f p and j z and u o and w v and x h sound alike, q is written for g. */
static const char basic_latin[] = "abcdepghizklmnopgrstovvhyz";

/* Tried in this order before single letters. */
static const struct { char from[5], to[3]; } groups[] = {
	{ "shch", "q" }, { "dzh", "z" }, { "tch", "c" }, { "hk", "hg" }, { "sh", "q" }, { "kh", "h" }, { "gh", "g" },
	{ "ch", "c" }, { "ts", "c" }, { "tz", "c" }, { "zh", "z" }, { "dz", "z" }, { "dj", "z" }, { "ck", "k" }, { "ph", "p" },
};

/* In a Cyrillic word: Latin letters that look like Cyrillic ones, and what is written for ө and ү. */
static const struct { uint16_t from, to; } repairs[] = {
	{ 0x454, 0x4E9 }, { 0x473, 0x4E9 }, { 0x4E7, 0x4E9 }, { 0x3B8, 0x4E9 }, { 0xF6, 0x4E9 }, { 0xF8, 0x4E9 }, /* є ѳ ӧ θ ö ø */
	{ 0x457, 0x4AF }, { 0x4B1, 0x4AF }, { 0x4F1, 0x4AF }, { 0xFC, 0x4AF },                                   /* ї ұ ӱ ü */
	{ 0x456, 0x438 },                                                                                        /* і */
};

/* The same for a..z; 0 where the letter stays. */
static const uint16_t latin_repairs[26] = {
	['a' - 'a'] = 0x430, ['b' - 'a'] = 0x432, ['c' - 'a'] = 0x441, ['e' - 'a'] = 0x435, ['h' - 'a'] = 0x43D,
	['i' - 'a'] = 0x438, ['k' - 'a'] = 0x43A, ['m' - 'a'] = 0x43C, ['n' - 'a'] = 0x43F, ['o' - 'a'] = 0x43E,
	['p' - 'a'] = 0x440, ['t' - 'a'] = 0x442, ['u' - 'a'] = 0x4AF, ['v' - 'a'] = 0x4AF, ['w' - 'a'] = 0x432,
	['x' - 'a'] = 0x445, ['y' - 'a'] = 0x4AF,
};

enum letters_script letters_script_of_rare(uint32_t cp)
{
	switch (cp) {
	case 0xF2: case 0xF3: case 0xF6: case 0xF8: case 0xF9: case 0xFA: case 0xFC: case 0x3B8:
		return LETTERS_LATIN;
	case 0x451: case 0x454: case 0x456: case 0x457: case 0x473: case 0x4AF: case 0x4B1: case 0x4E7: case 0x4E9: case 0x4F1:
		return LETTERS_CYRILLIC;
	default:
		return LETTERS_NONE;
	}
}

uint16_t letters_repair(uint16_t letter)
{
	if (letter >= 'a' && letter <= 'z')
		return latin_repairs[letter - 'a'] ? latin_repairs[letter - 'a'] : letter;
	if (letter >= 0x430 && letter <= 0x44F)
		return letter;
	for (size_t i = 0; i < sizeof(repairs) / sizeof(repairs[0]); i++)
		if (repairs[i].from == letter)
			return repairs[i].to;
	return letter;
}

/* At most two; there is always room for both. */
static size_t put_symbols(char *out, const char *symbols)
{
	out[0] = symbols[0];
	if (!symbols[0])
		return 0;
	out[1] = symbols[1];
	return symbols[1] ? 2 : 1;
}

static size_t put_single(uint16_t letter, char *out)
{
	if (letter >= 'a' && letter <= 'z') {
		out[0] = basic_latin[letter - 'a'];
		return 1;
	}
	letter = letters_repair(letter);
	if (letter >= 0x430 && letter <= 0x44F)
		return put_symbols(out, basic_cyrillic[letter - 0x430]);
	return put_symbols(out, letter == 0x451 ? "yo" : "o");
}

static size_t group_at(const uint16_t *letters, size_t count, const char **to)
{
	/* Looked up for every Latin letter of every text: a table, not a search. */
	static const bool may_begin[128] = {
		['s'] = true, ['d'] = true, ['t'] = true, ['h'] = true, ['k'] = true, ['g'] = true, ['c'] = true, ['z'] = true,
		['p'] = true,
	};
	static const bool may_follow[128] = {
		['h'] = true, ['z'] = true, ['c'] = true, ['k'] = true, ['s'] = true, ['j'] = true,
	};

	if (count < 2 || letters[0] >= 128 || !may_begin[letters[0]] || letters[1] >= 128 || !may_follow[letters[1]])
		return 0;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		size_t n = 0;
		while (n < count && groups[i].from[n] && letters[n] == (unsigned char)groups[i].from[n])
			n++;
		if (groups[i].from[n])
			continue;
		*to = groups[i].to;
		return n;
	}
	return 0;
}

/* тс is ц, дз is з. */
static size_t join_affricates(char *symbols, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		char next = i + 1 < count ? symbols[i + 1] : 0;
		bool affricate = (symbols[i] == 't' && next == 's') || (symbols[i] == 'd' && next == 'z');
		symbols[kept++] = affricate ? (next == 's' ? 'c' : 'z') : symbols[i];
		i += affricate;
	}
	return kept;
}

size_t letters_to_symbols(const uint16_t *letters, size_t count, bool cyrillic, char *out)
{
	size_t len = 0, n;

	for (size_t i = 0; i < count; i += n) {
		const char *to;
		n = cyrillic ? 0 : group_at(letters + i, count - i, &to);
		if (n)
			len += put_symbols(out + len, to);
		else
			len += put_single(letters[i], out + len);
		n += n == 0;
	}
	return cyrillic ? join_affricates(out, len) : len;
}
