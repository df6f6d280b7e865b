#include "text/clean.h"

#include <stdbool.h>

#include "text/utf8.h"

/* A base letter (lower case) and a combining mark that many keyboards send after it. */
static const struct { uint16_t base, mark, composed; } pairs[] = {
	{ 0x438, 0x306, 0x439 },                                         /* и й */
	{ 0x435, 0x308, 0x451 }, { 0x456, 0x308, 0x457 },                /* е ё, і ї */
	{ 0x43E, 0x308, 0x4E7 }, { 0x443, 0x308, 0x4F1 },                /* о ӧ, у ӱ */
	{ 'o', 0x308, 0xF6 }, { 'u', 0x308, 0xFC },
	{ 'o', 0x300, 0xF2 }, { 'o', 0x301, 0xF3 },
	{ 'u', 0x300, 0xF9 }, { 'u', 0x301, 0xFA },
};

/* The capitals that folding knows; tolower() of the C library knows only the first row. */
static const struct { uint16_t from, to, add; } capitals[] = {
	{ 'A', 'Z', 0x20 },
	{ 0xD2, 0xD3, 0x20 }, { 0xD6, 0xD6, 0x20 }, { 0xD8, 0xDA, 0x20 }, { 0xDC, 0xDC, 0x20 },
	{ 0x398, 0x398, 0x20 },
	{ 0x400, 0x40F, 0x50 }, { 0x410, 0x42F, 0x20 },
	{ 0x472, 0x472, 1 }, { 0x4AE, 0x4AE, 1 }, { 0x4B0, 0x4B0, 1 }, { 0x4E6, 0x4E6, 1 }, { 0x4E8, 0x4E8, 1 },
	{ 0x4F0, 0x4F0, 1 },
};

/* Not seen on a screen, or an accent that stands on nothing we compose. */
static const struct { uint32_t from, to; } unseen[] = {
	{ 0xAD, 0xAD }, { 0x300, 0x36F }, { 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x2060, 0x2060 }, { 0xFEFF, 0xFEFF },
};

static uint32_t lower(uint32_t cp)
{
	if (cp < 'A' || (cp > 'Z' && cp < 0xD2) || cp > 0x4F0 || (cp >= 0x430 && cp < 0x472))
		return cp;
	for (size_t i = 0; i < sizeof(capitals) / sizeof(capitals[0]); i++)
		if (cp >= capitals[i].from && cp <= capitals[i].to)
			return cp + capitals[i].add;
	return cp;
}

static bool is_unseen(uint32_t cp)
{
	if (cp < 0xAD || (cp >= 0x370 && cp < 0x180E))
		return false;
	for (size_t i = 0; i < sizeof(unseen) / sizeof(unseen[0]); i++)
		if (cp >= unseen[i].from && cp <= unseen[i].to)
			return true;
	return false;
}

static uint32_t compose(uint32_t base, uint32_t mark)
{
	if (mark < 0x300 || mark > 0x308)
		return 0;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i].base == base && pairs[i].mark == mark)
			return pairs[i].composed;
	return 0;
}

static bool is_plain_latin(uint32_t cp)
{
	return cp >= 'a' && cp <= 'z';
}

/* What most of a text is, and nothing is to be done about. */
static bool is_settled(uint32_t cp)
{
	return is_plain_latin(cp) || (cp >= 0x430 && cp <= 0x44F) || cp == ' ';
}

static bool is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == '`' || cp == 0x2019;
}

/* can't is one word: what stands between two Latin letters goes. */
static size_t drop_apostrophes(struct clean_char *chars, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_apostrophe(chars[i].cp) && kept > 0 && is_plain_latin(chars[kept - 1].cp)
		    && i + 1 < count && is_plain_latin(chars[i + 1].cp))
			continue;
		chars[kept++] = chars[i];
	}
	return kept;
}

size_t clean_text(const char *text, size_t len, struct clean_char *out)
{
	bool apostrophes = false, after_base = false;
	size_t count = 0;

	for (size_t at = 0; at < len; ) {
		uint32_t cp, composed;
		bool valid;
		size_t from = at;

		at += utf8_read(text + at, len - at, &cp, &valid);
		if (is_settled(cp)) {
			out[count++] = (struct clean_char){ cp & 0xFFFFFF, letters_script_of(cp), (uint32_t)from, (uint32_t)at };
			after_base = true;
			continue;
		}
		cp = valid ? lower(cp) : ' ';
		composed = after_base ? compose(out[count - 1].cp, cp) : 0;
		if (composed) {
			out[count - 1].cp = composed & 0xFFFFFF;
			out[count - 1].script = letters_script_of(composed);
			out[count - 1].end = (uint32_t)at;
			continue;
		}
		after_base = !is_unseen(cp);
		if (!after_base)
			continue;
		apostrophes |= is_apostrophe(cp);
		out[count++] = (struct clean_char){ cp & 0xFFFFFF, letters_script_of(cp), (uint32_t)from, (uint32_t)at };
	}
	return apostrophes ? drop_apostrophes(out, count) : count;
}
