#include "ctl/list.h"

#include <stdio.h>

#include "ctl/client.h"
#include "ctl/text.h"

int list_run(struct ctl *ctl, const struct list *list, json_t *more)
{
	json_t *request = more ? more : json_object(), *answer, *item;
	struct table *t;
	size_t i;
	int err;

	json_object_set_new(request, "op", json_string(list->op));
	err = client_ask(ctl, request, &answer);
	if (err)
		return err;
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	t = table_new(list->titles);
	json_array_foreach(json_object_get(answer, list->key), i, item)
		list->row(t, item, text_now_ms());
	table_end(t, stdout, ctl->colour, list->nothing);
	if (ctl_true(answer, "more"))
		puts("There are more.");
	json_decref(answer);
	return CTL_OK;
}

void list_word(struct table *t, const char *word)
{
	table_text(t, word);
	table_colour(t, colour_of_word(word));
}

void list_age(struct table *t, int64_t now_ms, int64_t then_ms)
{
	char age[TEXT_SHORT];

	table_text(t, text_age(now_ms, then_ms, age));
}
