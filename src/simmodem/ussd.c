#include "simmodem/ussd.h"

#include <string.h>

static const struct ussd_answer canned[] = {
	{ "*100#", "Balance: 5000 MNT", false, 0, -1, false, false, false },
	{ "*101#", "Үлдэгдэл: 5000₮", false, 0, -1, false, false, false },
	{ "*123#", "1. Balance\n2. Help", true, 0, -1, false, false, false },
	{ "*123#>1", "Balance: 5000 MNT", false, 0, -1, false, false, false },
	{ "*123#>2", "Call 1234", false, 0, -1, false, false, false },
};

void ussd_init(struct ussd_table *t)
{
	t->count = 0;
	for (size_t i = 0; i < sizeof(canned) / sizeof(canned[0]); i++)
		ussd_set(t, &canned[i]);
}

const struct ussd_answer *ussd_find(const struct ussd_table *t, const char *code)
{
	for (int i = 0; i < t->count; i++)
		if (strcmp(t->row[i].code, code) == 0)
			return &t->row[i];
	return NULL;
}

int ussd_set(struct ussd_table *t, const struct ussd_answer *answer)
{
	const struct ussd_answer *old = ussd_find(t, answer->code);

	if (!old && t->count == USSD_ANSWERS_MAX)
		return HL_EFULL;
	t->row[old ? (int)(old - t->row) : t->count++] = *answer;
	return 0;
}
