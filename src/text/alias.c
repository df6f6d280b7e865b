#include "text/alias.h"

#include <string.h>

#define WHOLE_MAX 4

/* Whole words, sorted by nothing: there are few, and only words of up to WHOLE_MAX letters are looked up. */
static const struct { const char *from, *to; } whole[] = {
	{ "bn", "baina" }, { "bna", "baina" }, { "bnu", "bainao" }, { "bnuu", "bainao" }, { "bh", "baih" }, { "bj", "baij" },
	{ "hn", "hun" }, { "xn", "hun" }, { "chn", "chin" }, { "n", "ni" }, { "ym", "yum" }, { "ymaa", "yum" },
	{ "yma", "yum" }, { "gsn", "gesen" }, { "gdg", "gedeg" }, { "gj", "gej" }, { "gd", "geed" }, { "gtl", "getel" },
	{ "tgd", "tegeed" }, { "sn", "sain" }, { "ymr", "yamar" }, { "ng", "neg" }, { "hd", "hed" }, { "odr", "odor" },
	{ "edr", "odor" }, { "hrdn", "hurdan" }, { "msj", "messej" }, { "msg", "messej" },
};

/* Beginnings, the first that fits; one of `before` must follow where it is given; `run` swallows more of the last letter. */
static const struct { const char *from, *to, *before; bool run; } starts[] = {
	{ "yv", "yav", NULL, false }, { "yw", "yav", NULL, false }, { "yst", "yost", NULL, false },
	{ "bga", "baigaa", NULL, true },
	{ "bsn", "baisan", NULL, false }, { "bsan", "baisan", NULL, false }, { "bsin", "baisan", NULL, false },
	{ "bdg", "baidag", NULL, false }, { "bdag", "baidag", NULL, false }, { "bdig", "baidag", NULL, false },
	{ "bna", "baina", NULL, false }, { "bh", "baih", "gkni", false }, { "bj", "baij", "il", false },
	{ "ym", "yum", "uisn", false }, { "tg", "teg", "dhe", false },
};

static bool is_one_of(uint16_t letter, const char *set)
{
	return letter < 128 && letter && strchr(set, letter);
}

static bool starts_with(const uint16_t *letters, size_t count, const char *s)
{
	for (; *s; s++, letters++, count--)
		if (count == 0 || *letters != (unsigned char)*s)
			return false;
	return true;
}

static size_t put(uint16_t *letters, const char *s)
{
	size_t n = 0;

	for (; s[n]; n++)
		letters[n] = (unsigned char)s[n];
	return n;
}

static size_t apply_whole(uint16_t *letters, size_t count)
{
	if (count > WHOLE_MAX)
		return 0;
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (letters[0] == (unsigned char)whole[i].from[0] && strlen(whole[i].from) == count && starts_with(letters, count, whole[i].from))
			return put(letters, whole[i].to);
	return 0;
}

static size_t replace_start(uint16_t *letters, size_t count, size_t old, const char *to)
{
	size_t n = strlen(to);

	memmove(letters + n, letters + old, (count - old) * sizeof(*letters));
	put(letters, to);
	return count - old + n;
}

static size_t apply_start(uint16_t *letters, size_t count)
{
	if (count < 2 || !is_one_of(letters[0], "bty"))
		return count;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		size_t n = strlen(starts[i].from);
		if (!starts_with(letters, count, starts[i].from))
			continue;
		if (starts[i].before && (n == count || !is_one_of(letters[n], starts[i].before)))
			continue;
		while (starts[i].run && n < count && letters[n] == letters[n - 1])
			n++;
		return replace_start(letters, count, n, starts[i].to);
	}
	return count;
}

/* medq: -q for -hgui. */
static size_t apply_q(uint16_t *letters, size_t count, bool *applied)
{
	if (count < 3 || letters[count - 1] != 'q' || !is_one_of(letters[count - 2], "bcdfghjklmnprstvwxz"))
		return count;
	*applied = true;
	count--;
	return count + put(letters + count, is_one_of(letters[count - 1], "hx") ? "gui" : "xgui");
}

/* The letters before the k of a last syllable k + vowels, or 0. */
static size_t before_k(const uint16_t *letters, size_t count, uint16_t k, const uint16_t (*ends)[2], size_t rows)
{
	if (count < 4 || (letters[count - 2] != k && letters[count - 3] != k))
		return 0;
	for (size_t i = 0; i < rows; i++) {
		size_t n = ends[i][1] ? 2 : 1;
		if (count < n + 3 || letters[count - n - 1] != k || letters[count - n] != ends[i][0])
			continue;
		if (n == 1 || letters[count - 1] == ends[i][1])
			return count - n - 1;
	}
	return 0;
}

static size_t insert_at(uint16_t *letters, size_t count, size_t at, uint16_t first, uint16_t second)
{
	memmove(letters + at + 2, letters + at + 1, (count - at - 1) * sizeof(*letters));
	letters[at] = first;
	letters[at + 1] = second;
	return count + 1;
}

/* medku: -ku for -hgui. */
static size_t apply_k_latin(uint16_t *letters, size_t count, bool *applied)
{
	static const uint16_t ends[][2] = {
		{ 'u', 0 }, { 'u', 'u' }, { 'u', 'i' }, { 'v', 0 }, { 'v', 'v' }, { 'v', 'i' }, { 'y', 0 }, { 'y', 'i' },
	};
	size_t k = before_k(letters, count, 'k', ends, sizeof(ends) / sizeof(ends[0]));

	if (k < 2 || !is_one_of(letters[k - 1], "bcdfgjlmnprstvwxz"))
		return count;
	*applied = true;
	return insert_at(letters, count, k, 'x', 'g');
}

static bool is_hard_cyrillic(uint16_t letter)
{
	static const uint16_t set[] = {
		0x431, 0x432, 0x433, 0x434, 0x436, 0x437, 0x43B, 0x43C, 0x43D, 0x43F, 0x440, 0x441, 0x442, 0x445, 0x446, 0x447,
		0x448, /* б в г д ж з л м н п р с т х ц ч ш */
	};

	for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++)
		if (set[i] == letter)
			return true;
	return false;
}

/* The same in Cyrillic: -кү for -хгүй. */
static size_t apply_k_cyrillic(uint16_t *letters, size_t count, bool *applied)
{
	static const uint16_t ends[][2] = {
		{ 0x443, 0 }, { 0x443, 0x443 }, { 0x443, 0x439 }, { 0x4AF, 0 }, { 0x4AF, 0x4AF }, { 0x4AF, 0x439 },
	};
	size_t k = before_k(letters, count, 0x43A, ends, sizeof(ends) / sizeof(ends[0]));

	if (k < 2 || !is_hard_cyrillic(letters[k - 1]))
		return count;
	*applied = true;
	return insert_at(letters, count, k, 0x445, 0x433);
}

size_t alias_apply(uint16_t *letters, size_t count, bool cyrillic, bool *negative)
{
	size_t n;

	*negative = false;
	if (cyrillic)
		return apply_k_cyrillic(letters, count, negative);
	if ((n = apply_whole(letters, count)))
		return n;
	count = apply_start(letters, count);
	count = apply_q(letters, count, negative);
	return *negative ? count : apply_k_latin(letters, count, negative);
}
