#include "ussd/cumulative.h"

#include <string.h>

static void count(const char *text, struct cumulative_step *out)
{
	const char *last = strrchr(text, '*');

	*out = (struct cumulative_step){ .step = 1, .input_at = last ? (size_t)(last - text) + 1 : 0 };
	if (*text)
		out->step++;
	for (; *text; text++)
		out->step += *text == '*';
}

bool cumulative_next(const struct cumulative_had *had, const char *text, struct cumulative_step *out)
{
	size_t len;

	if (had->step == 0) {
		count(text, out);
		return true;
	}
	len = strlen(had->text);
	if (strcmp(text, had->text) == 0) {
		*out = (struct cumulative_step){ had->input_at, had->step, true };
		return true;
	}
	if (strncmp(text, had->text, len) != 0)
		return false;
	if (had->step == 1 && len == 0) /* the first answer: nothing stands before it, so no "*" either */
		*out = (struct cumulative_step){ 0, 2, false };
	else if (text[len] == '*')
		*out = (struct cumulative_step){ len + 1, had->step + 1, false };
	else
		return false;
	return true;
}
