#include "core/triage/place.h"

#include "core/triage/limits.h"
#include "core/triage/words.h"

/* Longer than хороондоо it is another word. */
#define KHOROO_WORD_MAX 8
/* Khoroos named in one text, the first of them: nobody who names more is helped by the nearest. */
#define KHOROOS_MAX 64

struct search {
	const struct fold_text *text;
	const struct triage_limits *limits;
	const struct triage_match *matches;
	size_t match_count;
	const struct triage_age *ages;
	size_t age_count;
	uint32_t khoroos[KHOROOS_MAX]; /* tokens of the numbers, found once: a text can name hundreds of districts as well */
	size_t khoroo_count;
};

/* The token a step before or after, marks left out; false at the end of the text. */
static bool step(const struct search *s, size_t *at, int direction)
{
	size_t i = *at;

	do {
		if (direction < 0 ? i == 0 : i + 1 >= s->text->count)
			return false;
		i = direction < 0 ? i - 1 : i + 1;
	} while (s->text->tokens[i].kind == FOLD_MARK);
	*at = i;
	return true;
}

static bool is_khoroo_word(const struct fold_token *t)
{
	if (words_k0_equals(t, "khoroo"))
		return true;
	return words_k1_starts(t, "horo") && t->k1.len <= KHOROO_WORD_MAX && !words_k1_starts(t, "horol");
}

static bool is_cue(const struct fold_token *t)
{
	return words_k1_starts(t, "doreg") || words_k1_starts(t, "dorg") || words_k0_equals(t, "district") || is_khoroo_word(t);
}

static bool is_place_number(const struct search *s, size_t at)
{
	const struct fold_token *t = &s->text->tokens[at];

	if (t->kind != FOLD_NUMBER || t->letters > 2)
		return false;
	for (size_t i = 0; i < s->age_count; i++)
		if (s->ages[i].token == at)
			return false;
	return true;
}

static bool near_cue(const struct search *s, size_t first, size_t last)
{
	size_t at = first;

	for (int i = 0; i < s->limits->near_before && step(s, &at, -1); i++)
		if (is_cue(&s->text->tokens[at]))
			return true;
	at = last;
	for (int i = 0; i < s->limits->near_after && step(s, &at, 1); i++)
		if (is_cue(&s->text->tokens[at]))
			return true;
	return false;
}

static bool near_number(const struct search *s, size_t first, size_t last)
{
	size_t at = first;

	if (step(s, &at, -1) && is_place_number(s, at))
		return true;
	at = last;
	for (int i = 0; i < s->limits->number_after && step(s, &at, 1); i++)
		if (is_place_number(s, at))
			return true;
	return false;
}

static bool stands_alone(const struct search *s, size_t first, size_t last)
{
	bool open = first == 0 || s->text->tokens[first - 1].kind == FOLD_MARK;
	bool closed = last + 1 == s->text->count || s->text->tokens[last + 1].kind == FOLD_MARK;

	return first == 0 || (open && closed);
}

/* Matches stand in the order of their first words. */
static bool is_excepted(const struct search *s, const struct triage_match *m)
{
	const struct triage_match *end = s->matches + s->match_count, *other = m;

	while (other > s->matches && other[-1].first == m->first)
		other--;
	for (; other < end && other->first == m->first; other++)
		if (other->rule->district == m->rule->district && other->rule->spelling == TRIAGE_SPELL_EXCEPT)
			return true;
	return false;
}

static bool is_named(const struct search *s, const struct triage_rules *rules, const struct triage_match *m)
{
	size_t first = s->text->words[m->first], last = s->text->words[m->last];
	bool beside;

	if (is_excepted(s, m))
		return false;
	beside = near_cue(s, first, last) || near_number(s, first, last);
	switch (m->rule->spelling) {
	case TRIAGE_SPELL_PREFIX: case TRIAGE_SPELL_SKELETON:
		return beside || !rules->districts[m->rule->district - 1].only_near;
	case TRIAGE_SPELL_SHORT:
		return true;
	case TRIAGE_SPELL_CAREFUL:
		return beside || stands_alone(s, first, last);
	case TRIAGE_SPELL_KIN:
		return beside;
	case TRIAGE_SPELL_NEAR:
		return near_cue(s, first, last);
	case TRIAGE_SPELL_EXCEPT:
		return false;
	}
	return false;
}

static bool is_ordinal(const struct fold_token *t)
{
	static const char *const list[] = { "р", "r", "дугаар", "дүгээр", "dugaar", "dugeer", "th", NULL };

	return words_k0_is(t, list);
}

/* 3-р хороо, khoroo 3: the number's token, 0 for none (no khoroo number stands first with its word after it but at 0). */
static bool khoroo_at(const struct search *s, size_t at)
{
	size_t next = at, before = at;

	if (!is_place_number(s, at) || s->text->tokens[at].number == 0)
		return false;
	if (step(s, &next, 1) && is_ordinal(&s->text->tokens[next]) && !step(s, &next, 1))
		next = at;
	if (next != at && is_khoroo_word(&s->text->tokens[next]))
		return true;
	return step(s, &before, -1) && is_khoroo_word(&s->text->tokens[before]);
}

/* "Баянголын 20.", "chingeltei 16r": the number right after a district and before a pause. */
static bool bare_khoroo_at(const struct search *s, size_t at)
{
	const struct fold_token *t = s->text->tokens;
	size_t next = at + 1, count = s->text->count;

	if (!is_place_number(s, at) || t[at].number == 0)
		return false;
	if (next + 1 < count && t[next].mark == '-' && is_ordinal(&t[next + 1]))
		next++;
	if (next < count && is_ordinal(&t[next]))
		next++;
	return next >= count || (t[next].kind == FOLD_MARK && t[next].mark != '-' && t[next].mark != '/' && t[next].mark != '%');
}

/* How far the khoroo number is from the end of the district's name, in tokens; SIZE_MAX where it has none. */
static size_t find_khoroo(const struct search *s, const struct triage_rules *rules, struct triage_place *place)
{
	size_t district = s->text->words[place->match->last], best = SIZE_MAX, next = district;
	int most = rules->districts[place->match->rule->district - 1].khoroos;

	for (size_t i = 0; i < s->khoroo_count; i++) {
		size_t at = s->khoroos[i], distance = at > district ? at - district : district - at;
		if (distance >= best || (int)s->text->tokens[at].number > most)
			continue;
		best = distance;
		place->khoroo = (int)s->text->tokens[at].number;
		place->khoroo_token = (uint32_t)at;
	}
	if (best == SIZE_MAX && step(s, &next, 1) && bare_khoroo_at(s, next) && (int)s->text->tokens[next].number <= most) {
		place->khoroo = (int)s->text->tokens[next].number;
		place->khoroo_token = (uint32_t)next;
		best = next - district;
	}
	return best;
}

static void find_all_khoroos(struct search *s)
{
	for (size_t at = 0; at < s->text->count && s->khoroo_count < KHOROOS_MAX; at++)
		if (khoroo_at(s, at))
			s->khoroos[s->khoroo_count++] = (uint32_t)at;
}

struct triage_place triage_find_place(const struct triage_rules *rules, const struct fold_text *text,
	const struct triage_match *matches, size_t match_count, const struct triage_age *ages, size_t age_count)
{
	struct search s = { .text = text, .limits = rules->limits, .matches = matches, .match_count = match_count,
		.ages = ages, .age_count = age_count };
	struct triage_place best = { .district = NULL };
	size_t best_distance = SIZE_MAX;

	find_all_khoroos(&s);
	for (size_t i = 0; i < match_count; i++) {
		struct triage_place place = { .match = &matches[i] };
		size_t distance;
		if (!matches[i].rule->district || !is_named(&s, rules, &matches[i]))
			continue;
		place.district = &rules->districts[matches[i].rule->district - 1];
		distance = find_khoroo(&s, rules, &place);
		if (best.district && distance >= best_distance)
			continue;
		best = place;
		best_distance = distance;
	}
	if (!best.district && s.khoroo_count) {
		best.khoroo = (int)text->tokens[s.khoroos[0]].number;
		best.khoroo_token = s.khoroos[0];
	}
	return best;
}
