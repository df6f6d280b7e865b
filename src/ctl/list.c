#include "ctl/list.h"

#include <stdio.h>

#include "ctl/client.h"
#include "ctl/text.h"

#define PIECES_MAX 50 /* answers with something in them that one list is asked for */

int64_t list_goes_on(const json_t *answer, const char *key)
{
	const json_t *items = json_object_get(answer, key);

	if (!ctl_true(answer, "more"))
		return 0;
	if (ctl_int(answer, "after"))
		return ctl_int(answer, "after");
	return ctl_int(json_array_get(items, json_array_size(items) - 1), "id");
}

/* The items of further answers join the first one's. Takes over the request. */
static int ask_rest(struct ctl *ctl, const struct list *list, json_t *request, json_t *answer)
{
	json_t *items = json_object_get(answer, list->key), *next;
	int64_t after = list->pieces ? list_goes_on(answer, list->key) : 0;
	int err = 0;

	for (int n = 1; !err && n < PIECES_MAX && after;) {
		json_object_set_new(request, "after", json_integer(after));
		err = client_ask(ctl, json_deep_copy(request), &next);
		if (err)
			break;
		json_array_extend(items, json_object_get(next, list->key));
		n += json_array_size(json_object_get(next, list->key)) > 0;
		after = list_goes_on(next, list->key);
		if (!after)
			json_object_del(answer, "more");
		json_decref(next);
	}
	json_object_del(answer, "after");
	json_decref(request);
	return err;
}

int list_run_then(struct ctl *ctl, const struct list *list, json_t *more, void (*after)(const json_t *answer))
{
	json_t *request = more ? more : json_object(), *answer, *item;
	struct table *t;
	size_t i;
	int err;

	json_object_set_new(request, "op", json_string(list->op));
	err = client_ask(ctl, json_deep_copy(request), &answer);
	if (err) {
		json_decref(request);
		return err;
	}
	err = ask_rest(ctl, list, request, answer);
	if (err) {
		json_decref(answer);
		return err;
	}
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	t = table_new(list->titles);
	json_array_foreach(json_object_get(answer, list->key), i, item)
		list->row(t, item, text_now_ms());
	table_end(t, stdout, ctl->colour, ctl_true(answer, "hidden") ? "Shown only to people who log in." : list->nothing);
	if (ctl_true(answer, "more"))
		puts("There are more.");
	if (after)
		after(answer);
	json_decref(answer);
	return CTL_OK;
}

int list_run(struct ctl *ctl, const struct list *list, json_t *more)
{
	return list_run_then(ctl, list, more, NULL);
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
