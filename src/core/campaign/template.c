#include "core/campaign/template.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "text/utf8.h"

#define NAME_SIZE 32

/* The English and the Mongolian name of each: a template takes either in any language. */
static const struct { const char *en, *mn; } slots[TEMPLATE_SLOTS] = {
	[TEMPLATE_DISTRICT] = { "district", "дүүрэг" },
	[TEMPLATE_STOP] = { "stop", "болих" },
	[TEMPLATE_START] = { "start", "эхлэх" },
	[TEMPLATE_POLICE] = { "police", "цагдаа" },
	[TEMPLATE_HELPLINE] = { "helpline", "тусламж" },
	[TEMPLATE_SHORT] = { "short", "дугаар" },
	[TEMPLATE_KEYWORD] = { "keyword", "түлхүүр" },
	[TEMPLATE_ANSWER] = { "answer", "хариулт" },
	[TEMPLATE_RIGHT] = { "right", "зөв" },
};

const char *template_slot_name(enum template_slot slot, int mongolian)
{
	return mongolian ? slots[slot].mn : slots[slot].en;
}

static int find_slot(const char *name)
{
	for (int i = 0; i < TEMPLATE_SLOTS; i++)
		if (strcmp(slots[i].en, name) == 0 || strcmp(slots[i].mn, name) == 0)
			return i;
	return -1;
}

/* Which one was meant, NULL where nothing is near. */
static const char *nearest(const char *name)
{
	for (int i = 0; i < TEMPLATE_SLOTS; i++) {
		if (conf_similar(name, slots[i].en))
			return slots[i].en;
		if (conf_similar(name, slots[i].mn))
			return slots[i].mn;
	}
	return NULL;
}

/* One piece of a template: a run of words, a bracket of its own, or a placeholder. */
struct piece { const char *start; size_t len; char name[NAME_SIZE]; };

enum piece_kind { PIECE_END, PIECE_WORDS, PIECE_SLOT, PIECE_OPEN };

static enum piece_kind next_piece(const char **at, struct piece *p)
{
	const char *s = *at;
	size_t len = strcspn(s, "{}");

	*p = (struct piece){ .start = s, .len = len };
	if (!*s)
		return PIECE_END;
	if (len) {
		*at = s + len;
		return PIECE_WORDS;
	}
	if (s[1] == s[0]) { /* written twice */
		p->len = 1;
		*at = s + 2;
		return PIECE_WORDS;
	}
	len = *s == '{' ? strcspn(s + 1, "{}") : 0;
	if (*s == '}' || s[len + 1] != '}' || len >= NAME_SIZE)
		return PIECE_OPEN;
	memcpy(p->name, s + 1, len);
	*at = s + len + 2;
	return PIECE_SLOT;
}

/* The how manieth character of the text `at` points to, from 1. */
static size_t place_of(const char *text, const char *at)
{
	size_t n = 1;
	uint32_t cp;

	while (text < at) {
		text += utf8_read(text, (size_t)(at - text), &cp, NULL);
		n++;
	}
	return n;
}

static int known_names(struct hl_reason *why, size_t place, const char *name)
{
	char list[160] = "";
	size_t at = 0;

	for (int i = 0; i < TEMPLATE_SLOTS && at < sizeof(list); i++)
		at += (size_t)snprintf(list + at, sizeof(list) - at, "%s{%s}", i ? " " : "", slots[i].en);
	return hl_fail(why, HL_EINVAL, "character %zu: unknown placeholder {%s}; there are %s", place, name, list);
}

static int judge_slot(const char *text, const struct piece *p, struct hl_reason *why)
{
	const char *meant;

	if (find_slot(p->name) >= 0)
		return 0;
	meant = nearest(p->name);
	if (!meant)
		return known_names(why, place_of(text, p->start), p->name);
	return hl_fail(why, HL_EINVAL, "character %zu: unknown placeholder {%s}: did you mean {%s}?", place_of(text, p->start), p->name, meant);
}

int template_check(const char *text, struct hl_reason *why)
{
	const char *at = text;
	struct piece p;
	enum piece_kind kind;
	int err = 0;

	if (!utf8_valid(text, strlen(text)))
		return hl_fail(why, HL_EINVAL, "is not valid UTF-8: save the file as UTF-8");
	while (!err && (kind = next_piece(&at, &p)) != PIECE_END) {
		if (kind == PIECE_SLOT)
			err = judge_slot(text, &p, why);
		else if (kind == PIECE_OPEN)
			return hl_fail(why, HL_EINVAL, "character %zu: a bracket %c without its placeholder: write {stop}, or %c%c for a bracket "
				"of its own", place_of(text, p.start), *p.start, *p.start, *p.start);
	}
	return err;
}

bool template_has(const char *text, enum template_slot slot)
{
	const char *at = text;
	struct piece p;
	enum piece_kind kind;

	while ((kind = next_piece(&at, &p)) != PIECE_END && kind != PIECE_OPEN)
		if (kind == PIECE_SLOT && find_slot(p.name) == (int)slot)
			return true;
	return false;
}

int template_fill(const char *text, const struct template_values *values, char *out, size_t size)
{
	const char *at = text;
	struct piece p;
	enum piece_kind kind;
	size_t used = 0;

	if (size == 0)
		return HL_ERANGE;
	while ((kind = next_piece(&at, &p)) != PIECE_END && kind != PIECE_OPEN) {
		int slot = kind == PIECE_SLOT ? find_slot(p.name) : -1;
		const char *piece = slot < 0 ? p.start : values && values->of[slot] ? values->of[slot] : "";
		size_t len = kind == PIECE_SLOT ? (slot < 0 ? 0 : strlen(piece)) : p.len;
		if (used + len >= size)
			return HL_ERANGE;
		memcpy(out + used, piece, len);
		used += len;
	}
	out[used] = '\0';
	return (int)used;
}

void template_forced_by(const char *text, const struct sms_cut *cut, char out[64])
{
	size_t len = strlen(text), n = 0;
	uint32_t cp = 0;
	char letter[5] = "";

	*out = '\0';
	if (!cut->forced_by)
		return;
	for (size_t at = 0; at < len && cp != cut->forced_by; n++)
		at += utf8_read(text + at, len - at, &cp, NULL);
	letter[utf8_write(cut->forced_by, letter)] = '\0';
	snprintf(out, 64, "\"%s\" (U+%04X), character %zu", letter, (unsigned)cut->forced_by, n);
}
