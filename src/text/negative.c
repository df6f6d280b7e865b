#include "text/negative.h"

#define LEN(rows) (sizeof(rows) / sizeof((rows)[0]))

/* Letters of a pattern, 0 after the last. */
typedef uint16_t pattern[8];

enum {
	A = 0x430, B = 0x431, G = 0x433, D = 0x434, I = 0x438, Y = 0x439, O = 0x43E, S = 0x441, U = 0x443, H = 0x445, SH = 0x448,
	E = 0x44D, UE = 0x4AF, OE = 0x4E9
};

static bool matches_at(const uint16_t *letters, size_t count, const uint16_t *p)
{
	for (; *p; p++, letters++, count--)
		if (count == 0 || *letters != *p)
			return false;
	return true;
}

/* All rows begin with the same letter. */
static bool holds(const uint16_t *letters, size_t count, size_t from, const pattern *rows, size_t n)
{
	for (size_t at = from; at < count; at++)
		for (size_t i = 0; i < n && letters[at] == rows[0][0]; i++)
			if (matches_at(letters + at, count - at, rows[i]))
				return true;
	return false;
}

static bool starts(const uint16_t *letters, size_t count, const pattern *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (matches_at(letters, count, rows[i]))
			return true;
	return false;
}

/* The index of the g before a last short or long vowel of the two, or 0. */
static size_t last_g(const uint16_t *letters, size_t count, uint16_t g, const uint16_t *vowels, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (count < 3 || letters[count - 1] != vowels[i])
			continue;
		if (letters[count - 2] == g)
			return count - 2;
		if (letters[count - 2] == vowels[i] && letters[count - 3] == g)
			return count - 3;
	}
	return 0;
}

static bool negative_cyrillic(const uint16_t *letters, size_t count, bool clean)
{
	static const pattern innocent[] = { { D, U, G, U, Y }, { B, U, G, U, Y }, { SH, U, G, U, Y }, { B, UE, S, G, UE, Y } };
	static const pattern sure[] = { { G, UE, Y }, { G, UE, I } };
	static const pattern unclean[] = { { G, U, Y }, { G, U, I } };
	static const uint16_t vowels[] = { U, UE };
	size_t g;

	if (starts(letters, count, innocent, LEN(innocent)))
		return false;
	if (holds(letters, count, 1, sure, LEN(sure)) || (!clean && holds(letters, count, 1, unclean, LEN(unclean))))
		return true;
	g = count >= 4 ? last_g(letters, count, G, vowels, LEN(vowels)) : 0;
	if (g == 0)
		return false;
	if (letters[g - 1] == H || letters[g - 1] == D || letters[g - 1] == G)
		return true;
	return g >= 2 && letters[g - 1] == letters[g - 2]
		&& (letters[g - 1] == A || letters[g - 1] == E || letters[g - 1] == O || letters[g - 1] == OE);
}

static bool negative_latin(const uint16_t *letters, size_t count)
{
	static const pattern innocent[] = {
		{ 'd', 'u', 'g', 'u', 'i' }, { 'b', 'u', 'g', 'u', 'i' }, { 's', 'h', 'u', 'g', 'u', 'i' },
		{ 'b', 'u', 's', 'g', 'u', 'i' },
	};
	static const pattern sure[] = {
		{ 'g', 'u', 'i' }, { 'g', 'v', 'i' }, { 'g', 'y', 'i' }, { 'g', 'u', 'y' }, { 'g', 'v', 'y' },
	};
	static const uint16_t hk[][4] = {
		{ 'u' }, { 'u', 'u' }, { 'u', 'i' }, { 'v' }, { 'v', 'v' }, { 'v', 'i' }, { 'y' }, { 'y', 'i' },
	};
	static const uint16_t vowels[] = { 'u', 'v', 'y' };
	size_t g;

	if (starts(letters, count, innocent, LEN(innocent)))
		return false;
	if (holds(letters, count, 1, sure, LEN(sure)))
		return true;
	for (size_t i = 0; i < LEN(hk); i++) {
		size_t n = hk[i][1] ? 2 : 1;
		if (count >= n + 2 && letters[count - n - 2] == 'h' && letters[count - n - 1] == 'k'
		    && matches_at(letters + count - n, n, hk[i]))
			return true;
	}
	g = last_g(letters, count, 'g', vowels, LEN(vowels));
	if (g == 0 || letters[g - 1] == 'n' || (letters[count - 1] == 'y' && g + 2 < count))
		return false;
	return count >= 5 || letters[g - 1] == 'h' || letters[g - 1] == 'd' || letters[g - 1] == 'g';
}

bool negative_ending(const uint16_t *letters, size_t count, bool cyrillic, bool clean)
{
	return cyrillic ? negative_cyrillic(letters, count, clean) : negative_latin(letters, count);
}
