#include "text/translit.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/gsm7.h"
#include "text/utf8.h"

/* U+0430 а to U+044F я, in order. */
static const char *const letters[] = {
	"a", "b", "v", "g", "d", "ye", "j", "z", "i", "i", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "sh", "", "y", "i", "e", "yu", "ya",
};
#define FIRST 0x430u

static const struct { uint32_t cp; const char *latin; } others[] = {
	{ 0x451, "yo" }, { 0x4E9, "u" }, { 0x4AF, "u" },                    /* ё ө ү */
	{ 0xAB, "\"" }, { 0xBB, "\"" }, { 0x201C, "\"" }, { 0x201D, "\"" }, { 0x201E, "\"" },
	{ 0x2018, "'" }, { 0x2019, "'" }, { 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" }, { 0x2014, "-" },
	{ 0x2026, "..." }, { 0x2116, "No" }, { 0xA0, " " }, { 0x202F, " " }, { 0x20AE, "MNT" },
};

static bool is_capital(uint32_t cp)
{
	return (cp >= 0x410 && cp < FIRST) || cp == 0x401 || cp == 0x4E8 || cp == 0x4AE;
}

static uint32_t lower(uint32_t cp)
{
	if (cp >= 0x410 && cp < FIRST)
		return cp + 0x20;
	return cp == 0x401 ? 0x451 : cp == 0x4E8 || cp == 0x4AE ? cp + 1 : cp;
}

static const char *latin_of(uint32_t cp)
{
	if (cp >= FIRST && cp < FIRST + sizeof(letters) / sizeof(letters[0]))
		return letters[cp - FIRST];
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].cp == cp)
			return others[i].latin;
	return NULL;
}

struct out { char *at; size_t size, need; bool full; };

static void put(struct out *o, const char *text, size_t len)
{
	o->full |= o->need + len >= o->size; /* a letter that does not fit ends it: what follows is not written either */
	if (!o->full) {
		memcpy(o->at + o->need, text, len);
		o->at[o->need + len] = '\0';
	}
	o->need += len;
}

/* all: every letter of it is a capital. */
static void put_letter(struct out *o, const char *latin, bool capital, bool all)
{
	char text[8];
	size_t len = strlen(latin);

	memcpy(text, latin, len);
	for (size_t i = 0; i < len && capital; i++)
		if ((i == 0 || all) && text[i] >= 'a' && text[i] <= 'z')
			text[i] = (char)(text[i] - 'a' + 'A');
	put(o, text, len);
}

size_t translit_latin(const char *text, char *out, size_t size)
{
	struct out o = { out, size, 0, false };
	size_t len = strlen(text), n;
	bool before = false; /* the letter before was a capital */
	uint32_t cp, next;

	if (size)
		*out = '\0';
	for (size_t i = 0; i < len; i += n) {
		const char *latin;
		bool capital, all;
		n = utf8_read(text + i, len - i, &cp, NULL);
		next = 0;
		if (i + n < len)
			utf8_read(text + i + n, len - i - n, &next, NULL);
		capital = is_capital(cp);
		all = capital && (is_capital(next) || (before && !latin_of(next)));
		before = capital;
		latin = latin_of(lower(cp));
		if (latin)
			put_letter(&o, latin, capital, all);
		else if (cp != UTF8_REPLACEMENT && gsm7_from_char(cp) >= 0)
			put(&o, text + i, n);
		else
			put(&o, "?", 1);
	}
	return o.need;
}
