#include "core/triage/parse_row.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/fold.h"
#include "text/utf8.h"

#define WEIGHT_MIN (-3)
#define WEIGHT_MAX 5
#define SKELETON_MIN 5
#define VALUE_MAX 512

static const struct { const char *name; uint32_t flag; } flag_names[] = {
	{ "context", TRIAGE_CONTEXT }, { "en", TRIAGE_ENGLISH }, { "hint", TRIAGE_HINT },
	{ "girl", TRIAGE_GIRL }, { "interest", TRIAGE_INTEREST }, { "loan", TRIAGE_LOAN },
	{ "now", TRIAGE_NOW }, { "still", TRIAGE_STILL }, { "soon", TRIAGE_SOON }, { "days", TRIAGE_DAYS },
	{ "held", TRIAGE_HELD }, { "taken", TRIAGE_TAKEN }, { "hurt", TRIAGE_HURT }, { "harm", TRIAGE_HARM },
	{ "missing", TRIAGE_MISSING }, { "left", TRIAGE_LEFT }, { "neglect", TRIAGE_NEGLECT },
	{ "hearsay", TRIAGE_HEARSAY }, { "vague", TRIAGE_VAGUE }, { "past", TRIAGE_PAST },
	{ "retract", TRIAGE_RETRACT }, { "me", TRIAGE_ME }, { "kin", TRIAGE_KIN },
	{ "witness", TRIAGE_WITNESS }, { "follow-up", TRIAGE_FOLLOW_UP }, { "strong", TRIAGE_STRONG },
	{ "asks", TRIAGE_ASKS }, { "polite", TRIAGE_POLITE }, { "hedge", TRIAGE_HEDGE }, { "home", TRIAGE_HOME }, { "cry", TRIAGE_CRY },
};

static const struct { const char *name; enum triage_spelling_kind kind; enum triage_layer layer; } spelling_names[] = {
	{ "prefix", TRIAGE_SPELL_PREFIX, TRIAGE_K1 }, { "skeleton", TRIAGE_SPELL_SKELETON, TRIAGE_K2 },
	{ "short", TRIAGE_SPELL_SHORT, TRIAGE_K0 }, { "careful", TRIAGE_SPELL_CAREFUL, TRIAGE_K0 },
	{ "careful-kin", TRIAGE_SPELL_KIN, TRIAGE_K0 }, { "near", TRIAGE_SPELL_NEAR, TRIAGE_K0 },
	{ "except", TRIAGE_SPELL_EXCEPT, TRIAGE_K1 },
};

int triage_parse_fail(const struct triage_parse_at *at, int err, const char *fmt, ...)
{
	char text[192];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (at->telling && at->telling->count++ < TRIAGE_ERRORS_MAX)
		at->telling->tell(at->telling->arg, at->file, at->line, text);
	return hl_fail(at->reason, err, "%s:%d: %s", at->file, at->line, text);
}

/* The list with room for one more: it doubles whenever it is full, which is at each power of two. */
static void *room_for_one(void *list, size_t count, size_t size)
{
	return count & (count - 1) ? list : hl_realloc_array(list, count ? 2 * count : 1, size);
}

static void *own(struct triage_rules *rules, void *memory)
{
	rules->owned = room_for_one(rules->owned, rules->owned_count, sizeof(*rules->owned));
	rules->owned[rules->owned_count++] = memory;
	return memory;
}

const char *triage_own(struct triage_rules *rules, char *s)
{
	return own(rules, s);
}

static struct fold_key key_of(const struct fold_token *word, enum triage_layer layer)
{
	return layer == TRIAGE_K0 ? word->k0 : layer == TRIAGE_K1 ? word->k1 : word->k2;
}

/* An ending is compared from its last letter: its key is kept the other way round. The caller frees it. */
static char *reversed(const struct fold_key *key)
{
	char *s = hl_strndup(key->s, key->len);

	for (size_t i = 0; i < key->len; i++)
		s[i] = key->s[key->len - 1 - i];
	return s;
}

/* Folds one word of a stem; a star at its end makes it a beginning, one before it an ending, an exclamation mark after that asks for a negative. */
static int fold_part(struct triage_rules *rules, const struct triage_parse_at *at, const char *word, size_t len,
	enum triage_layer layer, struct triage_part *part)
{
	struct fold_text text;
	struct fold_key key = { "", 0 };

	part->negative = len > 1 && word[len - 1] == '!';
	len -= part->negative;
	part->prefix = len > 1 && word[len - 1] == '*';
	part->suffix = !part->prefix && len > 1 && word[0] == '*';
	fold_text_open(&text, word + part->suffix, len - part->prefix - part->suffix);
	if (text.count == 1 && text.word_count == 1) {
		key = key_of(&text.tokens[0], layer);
		fold_rounding(text.tokens[0].k0, part->rounding, sizeof(part->rounding));
	}
	part->key.len = key.len;
	part->key.s = key.len ? triage_own(rules, part->suffix ? reversed(&key) : hl_strndup(key.s, key.len)) : "";
	fold_text_close(&text);
	if (part->key.len == 0)
		return triage_parse_fail(at, HL_EINVAL, "'%.*s' folds to nothing: a word of letters is needed", (int)len, word);
	if (layer == TRIAGE_K2 && (part->prefix || part->suffix || part->key.len < SKELETON_MIN))
		return triage_parse_fail(at, HL_EINVAL, "'%.*s': K2 is for whole words whose skeleton has %d letters or more; use K1",
			(int)len, word, SKELETON_MIN);
	return 0;
}

static int fold_parts(struct triage_rules *rules, const struct triage_parse_at *at, const char *stem,
	struct triage_rule *rule)
{
	struct triage_part parts[TRIAGE_PARTS_MAX] = { { .prefix = false } };
	size_t count = 0, octets;

	for (const char *s = stem + strspn(stem, " \t"); *s; s += strspn(s, " \t")) {
		size_t len = strcspn(s, " \t");
		int err;
		if (count == TRIAGE_PARTS_MAX)
			return triage_parse_fail(at, HL_ERANGE, "a phrase has at most %d words", TRIAGE_PARTS_MAX);
		if ((err = fold_part(rules, at, s, len, rule->layer, &parts[count++])))
			return err;
		s += len;
	}
	if (count == 0)
		return triage_parse_fail(at, HL_EINVAL, "the stem is missing");
	octets = count * sizeof(parts[0]);
	rule->part_count = (uint8_t)count;
	rule->parts = memcpy(own(rules, hl_calloc(1, octets)), parts, octets);
	return 0;
}

int triage_parse_int(const struct triage_parse_at *at, const char *what, const char *text, long min, long max, int *out)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end || value < min || value > max)
		return triage_parse_fail(at, HL_ERANGE, "%s '%.20s' must be a number from %ld to %ld", what, text, min, max);
	*out = (int)value;
	return 0;
}

static int parse_layer(const struct triage_parse_at *at, const char *key, enum triage_layer *layer)
{
	if (key[0] != 'K' || key[1] < '0' || key[1] > '2' || key[2])
		return triage_parse_fail(at, HL_EINVAL, "key '%.20s' must be K0, K1 or K2", key);
	*layer = (enum triage_layer)(key[1] - '0');
	return 0;
}

int triage_find_field(struct triage_rules *rules, const struct triage_parse_at *at, const char *name, size_t *index)
{
	size_t i = 0;

	while (i < rules->field_count && strcmp(rules->fields[i].name, name))
		i++;
	if (i == rules->field_count) {
		if (*name == '\0' || strlen(name) >= sizeof(rules->fields[0].name))
			return triage_parse_fail(at, HL_ERANGE, "a field's name has 1 to %zu letters", sizeof(rules->fields[0].name) - 1);
		if (i == TRIAGE_FIELDS_MAX)
			return triage_parse_fail(at, HL_ERANGE, "at most %d fields", TRIAGE_FIELDS_MAX);
		hl_strlcpy(rules->fields[i].name, sizeof(rules->fields[0].name), name);
		rules->field_count++;
	}
	*index = i;
	return 0;
}

bool triage_flag_from_name(const char *name, uint32_t *flags)
{
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++)
		if (strcmp(flag_names[i].name, name) == 0) {
			*flags |= flag_names[i].flag;
			return true;
		}
	return false;
}

static int parse_flag(const struct triage_parse_at *at, const char *name, uint32_t *flags)
{
	if (triage_flag_from_name(name, flags))
		return 0;
	return triage_parse_fail(at, HL_EINVAL, "unknown flag '%.40s': see the head of child.conf, or - for none", name);
}

int triage_parse_flags(const struct triage_parse_at *at, const char *text, uint32_t *flags)
{
	char copy[VALUE_MAX], *rest = copy, *name;
	int err;

	if (strcmp(text, "-") == 0)
		return 0;
	if (hl_strlcpy(copy, sizeof(copy), text))
		return triage_parse_fail(at, HL_ERANGE, "too many flags");
	while ((name = strsep(&rest, " \t")))
		if (*name && (err = parse_flag(at, name, flags)))
			return err;
	return 0;
}

static bool same_parts(const struct triage_rule *a, const struct triage_rule *b)
{
	if (a->layer != b->layer || a->category != b->category || a->part_count != b->part_count || a->field != b->field)
		return false;
	for (size_t i = 0; i < a->part_count; i++)
		if (strcmp(a->parts[i].key.s, b->parts[i].key.s) || a->parts[i].prefix != b->parts[i].prefix
		    || a->parts[i].suffix != b->parts[i].suffix
		    || a->parts[i].negative != b->parts[i].negative)
			return false;
	return true;
}

/* FNV-1a of the words: rules that are the same meet in one list. */
static size_t hash_parts(const struct triage_rule *rule)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < rule->part_count; i++)
		for (const char *c = rule->parts[i].key.s; *c; c++)
			h = (h ^ (uint8_t)*c) * 16777619u;
	return h % TRIAGE_ALIKE_LISTS;
}

static int add_rule(struct triage_rules *rules, const struct triage_parse_at *at, const struct triage_rule *rule)
{
	uint32_t *head = &rules->alike[hash_parts(rule)];

	if (rules->count == TRIAGE_RULES_MAX)
		return triage_parse_fail(at, HL_ERANGE, "at most %d stems", TRIAGE_RULES_MAX);
	for (uint32_t i = *head; i; i = rules->rules[i - 1].alike)
		if (same_parts(&rules->rules[i - 1], rule))
			return triage_parse_fail(at, HL_EEXIST, "'%.60s' folds to the same key as '%.60s' of the same section: "
				"remove one",
				rule->stem, rules->rules[i - 1].stem);
	rules->rules = room_for_one(rules->rules, rules->count, sizeof(*rules->rules));
	rules->rules[rules->count] = *rule;
	rules->rules[rules->count].alike = *head;
	*head = (uint32_t)++rules->count;
	return 0;
}

static bool is_cyrillic(const char *s)
{
	uint32_t cp;

	utf8_read(s, strlen(s), &cp, NULL);
	return cp >= 0x400 && cp <= 0x52F;
}

int triage_parse_row(struct triage_rules *rules, const struct triage_parse_at *at, enum triage_category category,
	const char *stem, const char *key, const char *weight, const char *flags)
{
	struct triage_rule rule = { .category = category, .gap = TRIAGE_PHRASE_GAP };
	enum triage_layer layer = TRIAGE_K0;
	int err, number = 0;

	if (!utf8_valid(stem, strlen(stem)))
		return triage_parse_fail(at, HL_EINVAL, "the stem is not UTF-8: save the file as UTF-8");
	if ((err = parse_layer(at, key, &layer)) ||
	    (err = triage_parse_int(at, "weight", weight, WEIGHT_MIN, WEIGHT_MAX, &number)) ||
	    (err = triage_parse_flags(at, flags, &rule.flags)))
		return err;
	rule.layer = layer;
	rule.weight = (int8_t)number;
	if ((err = fold_parts(rules, at, stem, &rule)))
		return err;
	rule.stem = triage_own(rules, hl_strdup(stem));
	rule.guarded = rule.layer == TRIAGE_K1 && (rule.flags & TRIAGE_CONTEXT) && is_cyrillic(stem);
	return add_rule(rules, at, &rule);
}

int triage_parse_words(struct triage_rules *rules, const struct triage_parse_at *at, size_t field, const char *key,
	const char *stems)
{
	char copy[VALUE_MAX * 2], *rest = copy, *one;
	enum triage_layer layer = TRIAGE_K0;
	int err = parse_layer(at, key, &layer);

	if (!err && hl_strlcpy(copy, sizeof(copy), stems))
		err = triage_parse_fail(at, HL_ERANGE, "the line is too long: write it as two");
	while (!err && (one = strsep(&rest, ","))) {
		struct triage_rule rule = { .category = TRIAGE_CAT_FIELD, .layer = layer, .gap = TRIAGE_PHRASE_GAP,
			.field = (uint8_t)(field + 1) };
		one += strspn(one, " \t");
		rule.guarded = layer == TRIAGE_K1 && is_cyrillic(one);
		err = fold_parts(rules, at, one, &rule);
		rule.stem = err ? NULL : triage_own(rules, hl_strdup(one));
		err = err ? err : add_rule(rules, at, &rule);
	}
	return err;
}

static int parse_yes_no(const struct triage_parse_at *at, const char *name, const char *value, bool *out)
{
	*out = strcmp(value, "yes") == 0;
	if (!*out && strcmp(value, "no"))
		return triage_parse_fail(at, HL_EINVAL, "%s must be yes or no", name);
	return 0;
}

/* Spellings stand side by side, divided by commas; an abbreviation is one word. */
static int parse_spellings(struct triage_rules *rules, const struct triage_parse_at *at, size_t row, const char *value)
{
	char copy[VALUE_MAX], *rest = copy, *one;
	int err;

	if (hl_strlcpy(copy, sizeof(copy), value))
		return triage_parse_fail(at, HL_ERANGE, "the line is too long: write it as two");
	while ((one = strsep(&rest, ","))) {
		struct triage_rule rule = {
			.category = TRIAGE_CAT_PLACE, .layer = spelling_names[row].layer, .weight = 1,
			.district = (uint8_t)rules->district_count, .spelling = spelling_names[row].kind,
		};
		if ((err = fold_parts(rules, at, one, &rule)))
			return err;
		rule.stem = triage_own(rules, hl_strdup(one + strspn(one, " \t")));
		if ((err = add_rule(rules, at, &rule)))
			return err;
	}
	return 0;
}

int triage_parse_district(struct triage_rules *rules, const struct triage_parse_at *at, const char *name, const char *value)
{
	struct triage_district *d = &rules->districts[rules->district_count - 1];

	if (strcmp(name, "target") == 0)
		return parse_yes_no(at, name, value, &d->target);
	if (strcmp(name, "only-near") == 0)
		return parse_yes_no(at, name, value, &d->only_near);
	if (strcmp(name, "khoroos") == 0)
		return triage_parse_int(at, name, value, 1, 99, &d->khoroos);
	for (size_t i = 0; i < sizeof(spelling_names) / sizeof(spelling_names[0]); i++)
		if (strcmp(spelling_names[i].name, name) == 0)
			return parse_spellings(rules, at, i, value);
	return triage_parse_fail(at, HL_EINVAL, "unknown setting '%.40s' of a district: target, khoroos, only-near, prefix, "
		"skeleton, short, careful, careful-kin, near or except is needed", name);
}
