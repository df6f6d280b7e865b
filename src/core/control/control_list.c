#include "core/control/control_list.h"

void control_list_begin(struct control_list *l, const char *key)
{
	*l = (struct control_list){ json_object(), json_array(), key, 0 };
}

bool control_list_add(struct control_list *l, json_t *item)
{
	size_t octets = json_dumpb(item, NULL, 0, JSON_COMPACT) + 1; /* and a comma */

	if (json_array_size(l->items) == CONTROL_LIST_MAX || l->octets + octets > CONTROL_LIST_OCTETS_MAX) {
		json_decref(item);
		return false;
	}
	l->octets += octets;
	json_array_append_new(l->items, item);
	return true;
}

json_t *control_list_end(struct control_list *l, bool complete)
{
	json_object_set_new(l->body, l->key, l->items);
	if (!complete)
		json_object_set_new(l->body, "more", json_true());
	return l->body;
}

int64_t control_list_after(const json_t *request)
{
	int64_t after = json_integer_value(json_object_get(request, "after"));

	return after > 0 ? after : 0;
}
