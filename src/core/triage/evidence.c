#include "core/triage/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/triage/combine.h"

#define TOKENS_ON_STACK 256

static bool is_risk(const struct triage_rule *rule)
{
	return rule->category < TRIAGE_RISKS;
}

static bool overlap(const struct triage_match *a, const struct triage_match *b)
{
	return a->first <= b->last && b->first <= a->last;
}

/* Ages look for a word that names a child before them, so the matches come first. */
static void find_ages(struct triage_evidence *e)
{
	bool on_stack[TOKENS_ON_STACK] = { false }, *is_child = on_stack;

	if (e->text->count > TOKENS_ON_STACK)
		is_child = hl_calloc(e->text->count, sizeof(*is_child));
	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_match *m = &e->matches[i];
		for (size_t w = m->first; m->rule->category == TRIAGE_CAT_CHILD && w <= m->last; w++)
			is_child[e->text->words[w]] = true;
	}
	e->age_count = triage_find_ages(e->text, is_child, e->ages);
	if (is_child != on_stack)
		free(is_child);
	for (size_t i = 0; i < e->age_count; i++) {
		e->minor |= triage_age_is_minor(&e->ages[i]);
		e->adult |= !triage_age_is_minor(&e->ages[i]);
	}
	e->adult &= !e->minor;
}

static bool is_spelling(const struct triage_match *m)
{
	return m->rule->district != 0;
}

static void note_flags(struct triage_evidence *e, const struct triage_rule *rule, bool counted)
{
	if (rule->district)
		return;
	e->seen |= rule->flags;
	e->risk_seen |= is_risk(rule) && rule->weight > 0;
	if (!counted)
		return;
	e->flags |= rule->flags;
	if (rule->flags & TRIAGE_STRONG)
		e->strong |= 1u << rule->category;
}

/* What is done to the sender needs no other sign: "he beat me". */
static bool needs_no_more(const struct triage_rule *rule)
{
	return rule->category == TRIAGE_CAT_CONTROL || rule->category == TRIAGE_CAT_EMERGENCY
		|| rule->category == TRIAGE_CAT_ONLINE;
}

/* A row that needs context counts beside another sign of risk on other words, or beside a minor. */
static void check_context(struct triage_evidence *e)
{
	uint32_t first_end = UINT32_MAX, last_begin = 0;
	bool any = false, me = false;

	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_match *m = &e->matches[i];
		me |= (m->rule->flags & (TRIAGE_ME | TRIAGE_CONTEXT)) == TRIAGE_ME;
		if (!is_risk(m->rule) || m->rule->weight <= 0)
			continue;
		first_end = m->last < first_end ? m->last : first_end;
		last_begin = !any || m->first > last_begin ? m->first : last_begin;
		any = true;
	}
	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_match *m = &e->matches[i];
		bool beside = e->minor || (any && (first_end < m->first || last_begin > m->last)) || (me && needs_no_more(m->rule));
		e->counted[i] = (!(m->rule->flags & TRIAGE_CONTEXT) || beside) && !is_spelling(m)
			&& m->rule->category != TRIAGE_CAT_FIELD;
		note_flags(e, m->rule, e->counted[i]);
	}
}

/* A match as a number that rises by category, then by how light it is, then by its place. */
#define ORDER_CATEGORY 24
#define ORDER_LIGHT 16
#define ORDER_MATCH 0xFFFFu
_Static_assert(TRIAGE_MATCHES_MAX <= ORDER_MATCH, "a match fits its part of the number");

static uint32_t order_of(const struct triage_evidence *e, size_t match)
{
	const struct triage_rule *rule = e->matches[match].rule;

	return (uint32_t)rule->category << ORDER_CATEGORY | (uint32_t)(UINT8_MAX - abs(rule->weight)) << ORDER_LIGHT | (uint32_t)match;
}

/* By insertion: there are few, and of one kind they stand in order already. */
static size_t sort_counted(const struct triage_evidence *e, uint32_t order[TRIAGE_MATCHES_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < e->match_count; i++) {
		uint32_t one = order_of(e, i);
		size_t at = count;
		if (!e->counted[i] || !e->matches[i].rule->weight)
			continue;
		for (; at > 0 && order[at - 1] > one; at--)
			order[at] = order[at - 1];
		order[at] = one;
		count++;
	}
	return count;
}

/* Within a category a word counts once, for the heaviest rule that has it. */
static void check_overlaps(struct triage_evidence *e)
{
	uint32_t order[TRIAGE_MATCHES_MAX];
	size_t count = sort_counted(e, order), begin = 0;

	for (size_t i = 0; i < count; i++) {
		size_t match = order[i] & ORDER_MATCH;
		if (order[i] >> ORDER_CATEGORY != order[begin] >> ORDER_CATEGORY)
			begin = i;
		for (size_t k = begin; k < i && e->counted[match]; k++)
			if (e->counted[order[k] & ORDER_MATCH] && overlap(&e->matches[match], &e->matches[order[k] & ORDER_MATCH]))
				e->counted[match] = false;
	}
}

static void add_up(struct triage_evidence *e)
{
	for (size_t i = 0; i < e->match_count; i++) {
		if (e->counted[i])
			e->sum[e->matches[i].rule->category] += abs(e->matches[i].rule->weight);
	}
	if (e->age_count)
		e->sum[TRIAGE_CAT_AGE]++;
	if (e->place.match)
		e->sum[TRIAGE_CAT_PLACE]++;
	for (size_t i = 0; i < TRIAGE_CATEGORIES; i++)
		if (e->sum[i] > e->limits->category_max)
			e->sum[i] = e->limits->category_max;
	for (size_t i = 0; i < TRIAGE_RISKS; i++)
		e->risk += e->sum[i];
	e->risk += e->minor ? e->limits->minor_bonus : 0;
}

/* A word for a child counts here in whatever company, but not the interest of a loan. */
static void find_child(struct triage_evidence *e)
{
	e->child = e->minor;
	for (size_t i = 0; i < e->match_count && !e->child; i++) {
		const struct triage_rule *rule = e->matches[i].rule;
		bool interest = (rule->flags & TRIAGE_INTEREST) && (e->seen & TRIAGE_LOAN);
		e->child = rule->category == TRIAGE_CAT_CHILD && rule->weight > 0 && !(rule->flags & TRIAGE_HINT) && !interest;
	}
}

void triage_gather(struct triage_evidence *e, const struct triage_rules *rules, const struct fold_text *text)
{
	memset(e->sum, 0, sizeof(e->sum));
	e->rules = rules;
	e->limits = rules->limits;
	e->text = text;
	e->minor = e->adult = false;
	e->flags = e->seen = e->strong = 0;
	e->risk_seen = false;
	e->risk = 0;
	e->match_count = triage_match_text(rules, text, e->matches);
	find_ages(e);
	e->place = triage_find_place(rules, text, e->matches, e->match_count, e->ages, e->age_count);
	e->match_count = triage_combine(rules, text, e->minor, e->matches, e->match_count, &e->fields);
	check_context(e);
	check_overlaps(e);
	add_up(e);
	find_child(e);
}
