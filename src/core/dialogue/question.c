#include "core/dialogue/question.h"

#include <string.h>

const struct question_key question_keys[] = {
	{ "safe", "q.safe", "q.safe.discreet", ANSWER_SAFE, 2, true },
	{ "with_you", "q.with_you", "q.with_you.discreet", ANSWER_CHOICE, 2, true },
	{ "how_many", "q.how_many", "q.how_many.discreet", ANSWER_NUMBER, 0, false },
	{ "district", "q.district", "q.district.discreet", ANSWER_WORDS, 0, false },
	{ "place", "ask.place", "ask.place.discreet", ANSWER_WORDS, 0, false },
	{ "when", "q.when", "q.when.discreet", ANSWER_CHOICE, 4, false },
	{ "age", "q.age", "q.age.discreet", ANSWER_NUMBER, 0, false },
	{ "hurt", "q.hurt", NULL, ANSWER_CHOICE, 3, true },
	{ "can_leave", "q.can_leave", NULL, ANSWER_CHOICE, 3, true },
	{ "moved_soon", "q.moved_soon", NULL, ANSWER_CHOICE, 3, true },
	{ "vehicle", "q.vehicle", NULL, ANSWER_WORDS, 0, false },
	{ "call", "q.call", "q.call.discreet", ANSWER_CHOICE, 2, true },
	{ "best_time", "q.best_time", "q.best_time", ANSWER_WORDS, 0, false }, /* neutral as it stands */
};

const size_t question_key_count = sizeof(question_keys) / sizeof(*question_keys);

const struct question_key *question_safe(void)
{
	return &question_keys[0];
}

const struct question_key *question_find(const char *name)
{
	if (strncmp(name, "q-", 2) == 0 || strncmp(name, "q.", 2) == 0)
		name += 2;
	for (size_t i = 0; i < question_key_count; i++) {
		const char *a = name, *b = question_keys[i].name;
		while (*a && (*a == *b || (*a == '-' && *b == '_'))) {
			a++;
			b++;
		}
		if (!*a && !*b)
			return &question_keys[i];
	}
	return NULL;
}

const char *question_state_name(enum question_state state)
{
	static const char *const names[QUESTION_STATES] = { "waiting", "open", "repeated", "answered", "answered in words",
		"not safe", "not sent", "withdrawn" };

	return (unsigned)state < QUESTION_STATES ? names[state] : "?";
}

bool question_has_number(const char *text)
{
	size_t digits = 0;

	for (; *text; text++) {
		if (*text >= '0' && *text <= '9') {
			if (++digits >= 6)
				return true;
		} else if (!strchr(" -.()+/", *text)) {
			digits = 0;
		}
	}
	return false;
}
