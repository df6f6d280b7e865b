#include "core/triage/conflict.h"

#include <stdlib.h>

/* What the weight of a row of [conflict] says, see the head of conflict.conf. */
#define NAMES 1
#define DEED 2
#define ALONE 3
/* A deed is looked for this many words after the one who is named, and this many before: the verb ends a sentence. */
#define WORDS_AFTER 8
#define WORDS_BEFORE 2
/* A sign of harm from this weight is a deed, too. */
#define HARM_MIN 2

static bool is_row(const struct triage_evidence *e, size_t i, int weight)
{
	return e->counted[i] && e->matches[i].rule->category == TRIAGE_CAT_CONFLICT && e->matches[i].rule->weight == weight;
}

static bool is_harm(const struct triage_evidence *e, size_t i)
{
	static const bool harmful[TRIAGE_CATEGORIES] = {
		[TRIAGE_CAT_SEX] = true, [TRIAGE_CAT_LABOUR] = true, [TRIAGE_CAT_ONLINE] = true, [TRIAGE_CAT_CONTROL] = true,
		[TRIAGE_CAT_MOVEMENT] = true,
	};

	return e->counted[i] && harmful[e->matches[i].rule->category] && e->matches[i].rule->weight >= HARM_MIN;
}

/* A sentence ends between two words. */
static bool sentence_ends(const struct fold_text *text, size_t first, size_t last)
{
	for (size_t t = text->words[first]; t < text->words[last]; t++)
		if (text->tokens[t].mark == '.' || text->tokens[t].mark == '!' || text->tokens[t].mark == '?'
		    || text->tokens[t].mark == '\n')
			return true;
	return false;
}

/* The one who is named does something: a deed of this list on either side, or a harm told after the name. */
static bool does_something(const struct triage_evidence *e, const struct triage_match *named)
{
	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_match *m = &e->matches[i];
		bool deed = is_row(e, i, DEED);
		if (!deed && !is_harm(e, i))
			continue;
		if (m->first > named->last && m->first - named->last <= WORDS_AFTER
		    && !sentence_ends(e->text, named->last, m->first))
			return true;
		if (deed && m->last < named->first && named->first - m->last <= WORDS_BEFORE
		    && !sentence_ends(e->text, m->last, named->first))
			return true;
	}
	return false;
}

bool triage_decide_conflict(const struct triage_evidence *e)
{
	for (size_t i = 0; i < e->match_count; i++)
		if (is_row(e, i, ALONE) || is_row(e, i, ALONE + 1) || (is_row(e, i, NAMES) && does_something(e, &e->matches[i])))
			return true;
	return false;
}
