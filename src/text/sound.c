#include "text/sound.h"

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o';
}

/* vv and yy are long rounded vowels; returns whether a vv was. */
static bool join_doubled(char *symbols, size_t count, bool keep_v)
{
	bool v = false;

	for (size_t i = 0; i + 1 < count; i++) {
		char c = symbols[i];
		if (c != symbols[i + 1] || (c != 'y' && (c != 'v' || keep_v)))
			continue;
		v |= c == 'v';
		symbols[i] = symbols[i + 1] = 'o';
		i++;
	}
	return v;
}

static bool v_is_vowel(char prev, char next, bool latin, bool seen_vowel)
{
	if (is_vowel(prev) || prev == 'y')
		return false;
	if (!is_vowel(next))
		return true;
	if (latin && (next == 'i' || next == 'o') && !seen_vowel)
		return true;
	return latin && next == 'i' && prev == 'g';
}

/* What a y is written as: itself, a vowel, or 0 for nothing. */
static char settle_y(char prev, char next)
{
	if (is_vowel(next)) {
		if (next == 'e')
			return 0;
		return next == 'i' && prev && !is_vowel(prev) ? 'o' : 'y';
	}
	return is_vowel(prev) ? 0 : 'o';
}

size_t sound_settle(char *symbols, size_t count, bool cyrillic, bool keep_v, bool *v_was_vowel)
{
	bool seen_vowel = false;
	size_t kept = 0;

	*v_was_vowel = join_doubled(symbols, count, keep_v);
	for (size_t i = 0; i < count; i++) {
		char prev = kept ? symbols[kept - 1] : 0, next = i + 1 < count ? symbols[i + 1] : 0, c = symbols[i];
		if (c == 'v' && !keep_v && v_is_vowel(prev, next, !cyrillic, seen_vowel)) {
			c = 'o';
			*v_was_vowel = true;
		} else if (c == 'y') {
			c = settle_y(prev, next);
		}
		seen_vowel |= is_vowel(c);
		if (c)
			symbols[kept++] = c;
	}
	return kept;
}

size_t sound_key1(const char *symbols, size_t count, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		char last = len ? out[len - 1] : 0;
		if (symbols[i] == last || (symbols[i] == 'i' && (last == 'a' || last == 'e' || last == 'o')))
			continue;
		out[len++] = symbols[i];
	}
	return len;
}

size_t sound_key2(const char *key1, size_t count, char *out)
{
	bool seen_vowel = false;
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		char c = key1[i];
		if ((is_vowel(c) && seen_vowel) || (c == 'y' && i > 0) || (len && out[len - 1] == c))
			continue;
		if (is_vowel(c)) {
			seen_vowel = true;
			c = (char)(c - 'a' + 'A');
		}
		out[len++] = c;
	}
	return seen_vowel ? len : 0;
}
