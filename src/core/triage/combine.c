#include "core/triage/combine.h"

#include <string.h>

struct marked_text {
	struct triage_marks words[TRIAGE_COMBINE_WORDS_MAX], all;
	size_t count;
	bool minor;
};

static void add_marks(struct triage_marks *to, const struct triage_marks *from)
{
	triage_fields_add(&to->fields, &from->fields);
	to->categories |= from->categories;
	to->flags |= from->flags;
	to->negative |= from->negative;
}

/* Whether they have a mark in common. All of it is asked at once: that is quicker than to branch. */
static inline bool shares(const struct triage_marks *a, const struct triage_marks *b)
{
	uint64_t common = (a->categories & b->categories) | (a->flags & b->flags) | (uint32_t)(a->negative & b->negative);

	for (size_t i = 0; i < TRIAGE_FIELD_WORDS; i++)
		common |= a->fields.bits[i] & b->fields.bits[i];
	return common != 0;
}

static void mark(struct marked_text *t, const struct fold_text *text, const struct triage_match *matches, size_t count)
{
	t->count = text->word_count < TRIAGE_COMBINE_WORDS_MAX ? text->word_count : TRIAGE_COMBINE_WORDS_MAX;
	memset(t->words, 0, t->count * sizeof(t->words[0]));
	memset(&t->all, 0, sizeof(t->all));
	for (size_t i = 0; i < count; i++) {
		const struct triage_rule *rule = matches[i].rule;
		struct triage_marks marks = { .categories = UINT32_C(1) << rule->category, .flags = rule->flags };
		if (rule->field)
			triage_fields_set(&marks.fields, rule->field - 1u);
		for (size_t w = matches[i].first; w <= matches[i].last && w < t->count; w++)
			add_marks(&t->words[w], &marks);
	}
	for (size_t w = 0; w < t->count; w++) {
		t->words[w].negative = text->tokens[text->words[w]].negative;
		add_marks(&t->all, &t->words[w]);
	}
}

/* Which combinations may fit by the fields that the text has: most are turned down without being looked at. */
static struct triage_combination_set candidates(const struct triage_rules *rules, const struct triage_fields *fields)
{
	struct triage_combination_set all;

	memset(&all, 0xFF, sizeof(all));
	for (size_t n = 0; n < TRIAGE_NEEDED; n++) {
		struct triage_combination_set one = rules->needed[n].any;
		for (size_t w = 0; w < TRIAGE_FIELD_WORDS; w++)
			for (uint64_t left = fields->bits[w]; left; left &= left - 1) {
				size_t field = 64 * w + (size_t)__builtin_ctzll(left);
				for (size_t i = 0; i < TRIAGE_COMBINATION_WORDS; i++)
					one.bits[i] |= rules->needed[n].by_field[field].bits[i];
			}
		for (size_t i = 0; i < TRIAGE_COMBINATION_WORDS; i++)
			all.bits[i] &= one.bits[i];
	}
	return all;
}

/* What is asked of the whole text. */
static bool may_fit(const struct marked_text *t, const struct triage_combination *c)
{
	for (size_t e = 0; e < c->count; e++) {
		const struct triage_element *element = &c->elements[e];
		bool there = shares(&t->all, &element->any) || (element->minor && t->minor);
		if (there == element->absent)
			return false;
	}
	return true;
}

/* Whether a window that begins with word `first` has a word of its own for every condition; *last is the last of them. The
 * first word must be one of them, so that each place is tried once. */
static bool fits_at(const struct marked_text *t, const struct triage_combination *c, size_t first, size_t *last)
{
	size_t end = first + (size_t)c->window < t->count ? first + (size_t)c->window : t->count, from = first;
	bool used[TRIAGE_WINDOW_MAX] = { false };

	*last = first;
	for (size_t e = 0; e < c->count; e++) {
		const struct triage_element *element = &c->elements[e];
		size_t w = c->ordered ? from : first;
		if (element->absent || (element->minor && t->minor))
			continue;
		while (w < end && (used[w - first] || !shares(&t->words[w], &element->any)))
			w++;
		if (w == end)
			return false;
		used[w - first] = true;
		from = w + 1;
		*last = w > *last ? w : *last;
	}
	return used[0];
}

static bool find_first(const struct marked_text *t, const struct triage_combination *c, struct triage_match *out)
{
	size_t last;

	for (size_t first = 0; first < t->count; first++)
		if (shares(&t->words[first], &c->any) && fits_at(t, c, first, &last)) {
			*out = (struct triage_match){ c->rule, (uint32_t)first, (uint32_t)last };
			return true;
		}
	return false;
}

size_t triage_combine(const struct triage_rules *rules, const struct fold_text *text, bool minor,
	struct triage_match *matches, size_t count, struct triage_fields *fields)
{
	struct marked_text t;
	struct triage_combination_set may;

	mark(&t, text, matches, count);
	t.minor = minor;
	*fields = t.all.fields;
	may = candidates(rules, &t.all.fields);
	for (size_t w = 0; w < TRIAGE_COMBINATION_WORDS; w++)
		for (uint64_t left = may.bits[w]; left && count < TRIAGE_MATCHES_MAX; left &= left - 1) {
			const struct triage_combination *c = &rules->combinations[64 * w + (size_t)__builtin_ctzll(left)];
			if (may_fit(&t, c))
				count += find_first(&t, c, &matches[count]);
		}
	return count;
}
