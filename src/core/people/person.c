#include "core/people/person.h"

#include <string.h>

#include "store/person.h"
#include "text/utf8.h"

static const struct person_role_row roles[] = {
	{ "officer", PERSON_OFFICER, "ATPU" },
	{ "coordinator", PERSON_COORDINATOR, "MDTF" },
	{ "auditor", PERSON_AUDITOR, "" },
	{ "outreach", PERSON_OUTREACH, "" },
};

const struct person_role_row *person_role_find(const char *name)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(roles[i].name, name) == 0)
			return &roles[i];
	return NULL;
}

const char *person_unit_for(const struct person_role_row *role, const char *asked)
{
	if (!asked || !*asked || strcmp(asked, role->unit) == 0)
		return role->unit;
	return *role->unit && strcmp(asked, "IND") == 0 ? "IND" : NULL;
}

enum person_role person_role_of(const char *name)
{
	const struct person_role_row *row = person_role_find(name);

	return row ? row->role : PERSON_NONE;
}

enum letter { LETTER_LATIN = 1, LETTER_CYRILLIC = 2, LETTER_OTHER = 4, LETTER_WRONG = 8 };

struct range { uint32_t first, last; enum letter is; };

static const struct range ranges[] = {
	{ 'a', 'z', LETTER_LATIN }, { 'A', 'Z', LETTER_LATIN },
	{ 0x410, 0x44F, LETTER_CYRILLIC }, { 0x401, 0x401, LETTER_CYRILLIC }, { 0x451, 0x451, LETTER_CYRILLIC },
	{ 0x4AE, 0x4AF, LETTER_CYRILLIC }, { 0x4E8, 0x4E9, LETTER_CYRILLIC }, /* the two Mongolian has more than Russian */
	{ '0', '9', LETTER_OTHER }, { '.', '.', LETTER_OTHER }, { '-', '-', LETTER_OTHER }, { '_', '_', LETTER_OTHER },
};

static enum letter letter_of(uint32_t cp)
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return ranges[i].is;
	return LETTER_WRONG;
}

bool person_name_ok(const char *name)
{
	size_t len = strlen(name), at = 0, characters = 0;
	unsigned seen = 0;
	uint32_t cp;

	if (len >= PERSON_NAME_SIZE)
		return false;
	while (at < len) {
		enum letter is;
		at += utf8_read(name + at, len - at, &cp, NULL);
		is = letter_of(cp);
		if (characters++ == 0 && is == LETTER_OTHER)
			return false;
		seen |= (unsigned)is;
	}
	return characters >= PERSON_NAME_MIN && characters <= PERSON_NAME_MAX && !(seen & LETTER_WRONG) &&
		(seen & (LETTER_LATIN | LETTER_CYRILLIC)) != (LETTER_LATIN | LETTER_CYRILLIC);
}

bool person_name_is_taken(const char *name)
{
	static const char *const taken[] = { "core", "operator", "recovery", "unknown" };

	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		if (person_names_look_alike(name, taken[i]))
			return true;
	return false;
}

/* Cyrillic letters that look like Latin ones, large or small. */
static const struct { uint32_t letter, like; } look_alikes[] = {
	{ 0x410, 'a' }, { 0x412, 'b' }, { 0x415, 'e' }, { 0x41A, 'k' }, { 0x41C, 'm' }, { 0x41D, 'h' }, { 0x41E, 'o' }, { 0x420, 'p' },
	{ 0x421, 'c' }, { 0x422, 't' }, { 0x423, 'y' }, { 0x425, 'x' }, { 0x417, '3' }, { 0x4AE, 'y' }, { 0x401, 'e' }, { 0x418, 'n' },
	{ 0x413, 'r' }, { 0x42C, 'b' }, { 0x4E8, 'o' },
};

/* What the letter looks like, small. */
static uint32_t look_of(uint32_t cp)
{
	if (cp >= 'A' && cp <= 'Z')
		return cp - 'A' + 'a';
	if (cp >= 0x430 && cp <= 0x44F)
		cp -= 0x20;
	else if (cp == 0x451)
		cp = 0x401;
	else if (cp == 0x4AF || cp == 0x4E9)
		cp--;
	for (size_t i = 0; i < sizeof(look_alikes) / sizeof(look_alikes[0]); i++)
		if (look_alikes[i].letter == cp)
			return look_alikes[i].like;
	return cp == '0' ? 'o' : cp == '1' ? 'l' : cp;
}

bool person_names_look_alike(const char *a, const char *b)
{
	size_t a_len = strlen(a), b_len = strlen(b), a_at = 0, b_at = 0;
	uint32_t x, y;

	while (a_at < a_len && b_at < b_len) {
		a_at += utf8_read(a + a_at, a_len - a_at, &x, NULL);
		b_at += utf8_read(b + b_at, b_len - b_at, &y, NULL);
		if (look_of(x) != look_of(y))
			return false;
	}
	return a_at == a_len && b_at == b_len;
}
