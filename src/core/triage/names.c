#include "core/triage/triage.h"

#include <string.h>

static const char *const kinds[TRIAGE_KINDS] = {
	[TRIAGE_TIP] = "tip", [TRIAGE_CAMPAIGN_REPLY] = "campaign_reply", [TRIAGE_OPT_OUT] = "opt_out",
	[TRIAGE_OPT_IN] = "opt_in", [TRIAGE_QUESTION] = "question", [TRIAGE_THANKS] = "thanks", [TRIAGE_ACK] = "ack",
	[TRIAGE_SPAM] = "spam", [TRIAGE_ABUSE] = "abuse", [TRIAGE_TEST] = "test", [TRIAGE_WRONG_NUMBER] = "wrong_number",
};

static const char *const exploitations[TRIAGE_EXPLOITATIONS] = {
	[TRIAGE_EXPL_NONE] = "none", [TRIAGE_EXPL_SEX] = "sex", [TRIAGE_EXPL_LABOUR] = "labour",
	[TRIAGE_EXPL_ONLINE] = "online", [TRIAGE_EXPL_UNCLEAR] = "unclear",
};

static const char *const urgencies[TRIAGE_URGENCIES] = {
	[TRIAGE_URGENCY_NONE] = "none", [TRIAGE_LOW] = "low", [TRIAGE_NORMAL] = "normal", [TRIAGE_HIGH] = "high",
	[TRIAGE_EMERGENCY] = "emergency",
};

static const char *const scripts[TRIAGE_SCRIPTS] = {
	[TRIAGE_SCRIPT_CYRILLIC] = "cyrillic", [TRIAGE_SCRIPT_LATIN] = "latin", [TRIAGE_SCRIPT_ENGLISH] = "english",
};

static const char *const categories[TRIAGE_CATEGORIES] = {
	[TRIAGE_CAT_CHILD] = "child", [TRIAGE_CAT_AGE] = "age", [TRIAGE_CAT_SEX] = "sex", [TRIAGE_CAT_LABOUR] = "labour",
	[TRIAGE_CAT_ONLINE] = "online", [TRIAGE_CAT_CONTROL] = "control", [TRIAGE_CAT_RECRUITMENT] = "recruitment",
	[TRIAGE_CAT_MOVEMENT] = "movement", [TRIAGE_CAT_EMERGENCY] = "emergency", [TRIAGE_CAT_HELP] = "help",
	[TRIAGE_CAT_PLACE] = "place", [TRIAGE_CAT_NEGATION] = "negation", [TRIAGE_CAT_SPAM] = "spam",
	[TRIAGE_CAT_CAMPAIGN] = "campaign", [TRIAGE_CAT_OPT_OUT] = "opt_out", [TRIAGE_CAT_OPT_IN] = "opt_in",
	[TRIAGE_CAT_THANKS] = "thanks", [TRIAGE_CAT_ACK] = "ack", [TRIAGE_CAT_TEST] = "test",
	[TRIAGE_CAT_GREETING] = "greeting", [TRIAGE_CAT_QUESTION] = "question", [TRIAGE_CAT_ABUSE] = "abuse",
	[TRIAGE_CAT_WRONG_NUMBER] = "wrong_number",
	[TRIAGE_CAT_TONE] = "tone", [TRIAGE_CAT_CONFLICT] = "conflict",
	[TRIAGE_CAT_FIELD] = "field", [TRIAGE_CAT_FILLER] = "filler",
};

static int name_index(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

const char *triage_kind_name(enum triage_kind kind)
{
	return kinds[kind];
}

const char *triage_exploitation_name(enum triage_exploitation exploitation)
{
	return exploitations[exploitation];
}

const char *triage_urgency_name(enum triage_urgency urgency)
{
	return urgencies[urgency];
}

const char *triage_script_name(enum triage_script script)
{
	return scripts[script];
}

const char *triage_category_name(enum triage_category category)
{
	return categories[category];
}

bool triage_kind_from_name(const char *name, enum triage_kind *kind)
{
	int i = name_index(kinds, TRIAGE_KINDS, name);

	if (i >= 0)
		*kind = (enum triage_kind)i;
	return i >= 0;
}

bool triage_exploitation_from_name(const char *name, enum triage_exploitation *exploitation)
{
	int i = name_index(exploitations, TRIAGE_EXPLOITATIONS, name);

	if (i >= 0)
		*exploitation = (enum triage_exploitation)i;
	return i >= 0;
}

bool triage_urgency_from_name(const char *name, enum triage_urgency *urgency)
{
	int i = name_index(urgencies, TRIAGE_URGENCIES, name);

	if (i >= 0)
		*urgency = (enum triage_urgency)i;
	return i >= 0;
}

bool triage_category_from_name(const char *name, enum triage_category *category)
{
	int i = name_index(categories, TRIAGE_CATEGORIES, name);

	if (i >= 0)
		*category = (enum triage_category)i;
	return i >= 0;
}
