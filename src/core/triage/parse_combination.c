#include "core/triage/parse_combination.h"

#include <string.h>

#include "base/mem.h"

#define ELEMENT_MAX 128
#define WEIGHT_MIN (-3)
#define WEIGHT_MAX 5

/* @field, #flag, the name of a category, neg (a negative word) or minor (of the whole text). */
static int parse_mark(struct triage_rules *rules, const struct triage_parse_at *at, const char *name,
	struct triage_element *element)
{
	enum triage_category category;
	size_t field;
	int err;

	if (*name == '@') {
		if ((err = triage_find_field(rules, at, name + 1, &field)) == 0)
			triage_fields_set(&element->any.fields, field);
		return err;
	}
	if (*name == '#' && triage_flag_from_name(name + 1, &element->any.flags))
		return 0;
	if (strcmp(name, "neg") == 0)
		element->any.negative = true;
	else if (strcmp(name, "minor") == 0)
		element->minor = true;
	else if (triage_category_from_name(name, &category))
		element->any.categories |= UINT32_C(1) << category;
	else
		return triage_parse_fail(at, HL_EINVAL, "'%.40s' is no @field, #flag, category, neg or minor", name);
	return 0;
}

/* Alternatives stand side by side, divided by /; a ! before them: none of the text's words. */
static int parse_element(struct triage_rules *rules, const struct triage_parse_at *at, const char *text, size_t len,
	struct triage_element *element)
{
	char copy[ELEMENT_MAX], *rest = copy, *one;
	int err = 0;

	if (len >= sizeof(copy))
		return triage_parse_fail(at, HL_ERANGE, "one condition has at most %d octets", ELEMENT_MAX - 1);
	memcpy(copy, text, len);
	copy[len] = '\0';
	element->absent = *copy == '!';
	rest += element->absent;
	while (!err && (one = strsep(&rest, "/")))
		err = parse_mark(rules, at, one, element);
	return err;
}

static void add_marks(struct triage_marks *to, const struct triage_marks *from)
{
	triage_fields_add(&to->fields, &from->fields);
	to->categories |= from->categories;
	to->flags |= from->flags;
	to->negative |= from->negative;
}

static int parse_elements(struct triage_rules *rules, const struct triage_parse_at *at, const char *text,
	struct triage_combination *c)
{
	size_t present = 0;
	int err;

	for (const char *s = text + strspn(text, " \t"); *s; s += strspn(s, " \t")) {
		size_t len = strcspn(s, " \t");
		if (c->count == TRIAGE_ELEMENTS_MAX)
			return triage_parse_fail(at, HL_ERANGE, "a combination has at most %d conditions", TRIAGE_ELEMENTS_MAX);
		if ((err = parse_element(rules, at, s, len, &c->elements[c->count])))
			return err;
		if (!c->elements[c->count].absent) {
			present += !c->elements[c->count].minor;
			add_marks(&c->any, &c->elements[c->count].any);
		}
		c->count++;
		s += len;
	}
	return present ? 0 : triage_parse_fail(at, HL_EINVAL, "a combination needs a word that is there");
}

int triage_parse_combination(struct triage_rules *rules, const struct triage_parse_at *at, enum triage_category category,
	const char *elements, const char *window, const char *weight, const char *flags)
{
	struct triage_rule rule = { .category = category };
	struct triage_combination c = { .line = at->line };
	int err, number = 0;

	if (rules->combination_count == TRIAGE_COMBINATIONS_MAX)
		return triage_parse_fail(at, HL_ERANGE, "at most %d combinations", TRIAGE_COMBINATIONS_MAX);
	c.ordered = *window == '>';
	if ((err = triage_parse_int(at, "window", window + c.ordered, 1, TRIAGE_WINDOW_MAX, &c.window)) ||
	    (err = triage_parse_int(at, "weight", weight, WEIGHT_MIN, WEIGHT_MAX, &number)) ||
	    (err = triage_parse_flags(at, flags, &rule.flags)) ||
	    (err = parse_elements(rules, at, elements, &c)))
		return err;
	rule.weight = (int8_t)number;
	rule.stem = triage_own(rules, hl_strdup(elements));
	c.rule = hl_calloc(1, sizeof(*c.rule));
	*c.rule = rule;
	c.file = triage_own(rules, hl_strdup(at->file));
	rules->combinations = hl_realloc_array(rules->combinations, rules->combination_count + 1, sizeof(c));
	rules->combinations[rules->combination_count++] = c;
	return 0;
}

/* The first field of a combination that has no word, NULL if each has. */
static const char *empty_field(const struct triage_rules *rules, const struct triage_combination *c)
{
	for (size_t e = 0; e < c->count; e++)
		for (size_t f = 0; f < rules->field_count; f++)
			if (triage_fields_has(&c->elements[e].any.fields, f) && !rules->fields[f].filled)
				return rules->fields[f].name;
	return NULL;
}

int triage_check_combinations(const struct triage_rules *rules, struct triage_telling *telling, struct hl_reason *reason)
{
	int first = 0;

	for (size_t i = 0; i < rules->combination_count; i++) {
		const struct triage_combination *c = &rules->combinations[i];
		struct triage_parse_at at = { c->file, c->line, first ? NULL : reason, telling };
		const char *name = empty_field(rules, c);
		if (name)
			first = triage_parse_fail(&at, HL_ENOENT, "no section [field %s] has words: write one, or mend the name", name);
	}
	return first;
}

/* Whether a text must have one of the fields of an element for it to fit. */
static bool needs_fields(const struct triage_element *e)
{
	return !e->any.categories && !e->any.flags && !e->any.negative && !e->minor && !e->absent;
}

static void add_combination(struct triage_combination_set *set, size_t combination)
{
	set->bits[combination / 64] |= UINT64_C(1) << (combination % 64);
}

void triage_index_combinations(struct triage_rules *rules)
{
	for (size_t i = 0; i < rules->combination_count; i++) {
		const struct triage_combination *c = &rules->combinations[i];
		size_t found = 0;
		for (size_t e = 0; e < c->count && found < TRIAGE_NEEDED; e++) {
			if (!needs_fields(&c->elements[e]))
				continue;
			for (size_t f = 0; f < rules->field_count; f++)
				if (triage_fields_has(&c->elements[e].any.fields, f))
					add_combination(&rules->needed[found].by_field[f], i);
			found++;
		}
		for (; found < TRIAGE_NEEDED; found++)
			add_combination(&rules->needed[found].any, i);
	}
}
