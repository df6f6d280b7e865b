#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "modem/probe_inside.h"

int probe_plan_read(const char *path, struct probe_plan *plan, struct hl_reason *reason)
{
	json_error_t error;

	plan->root = NULL;
	if (!path)
		return 0;
	plan->root = json_load_file(path, 0, &error);
	if (!plan->root)
		return hl_fail(reason, HL_EINVAL, "cannot read the plan %s: %s", path, error.text);
	return 0;
}

void probe_plan_free(struct probe_plan *plan)
{
	json_decref(plan->root);
	plan->root = NULL;
}

void probe_plan_usb(struct probe *p)
{
	const char *usb = json_string_value(json_object_get(json_object_get(p->plan->root, "usb"), p->tty));

	if (usb)
		hl_strlcpy(p->usb, sizeof(p->usb), usb);
}

static bool lists_usb(const struct profile_list *list, const char *usb)
{
	for (size_t i = 0; i < list->count; i++)
		if (*usb && strncmp(list->item[i], usb, strlen(usb)) == 0)
			return true;
	return false;
}

/* As the core chooses for a modem that is plugged in (core/config/profiles.h): the model tells more than the USB ids. */
static int score(const struct modem_profile *profile, const struct probe *p)
{
	bool model = p->model[0] && modem_profile_lists(&profile->models, p->model);

	return (lists_usb(&profile->usb, p->usb) ? 1 : 0) + (model ? 2 : 0);
}

void probe_plan_choose(struct probe *p)
{
	struct modem_profile *candidate = hl_calloc(1, sizeof(*candidate));
	const json_t *entry;
	struct hl_reason why;
	int best = 0, points;
	size_t i;

	modem_profile_decode(NULL, &p->profile, &why);
	hl_strlcpy(p->profile_name, sizeof(p->profile_name), "generic");
	json_array_foreach(json_object_get(p->plan->root, "profiles"), i, entry) {
		const char *name = json_string_value(json_object_get(entry, "name"));
		if (!name || modem_profile_decode(json_object_get(entry, "profile"), candidate, &why))
			continue; /* hotlined --check tells what is wrong with it */
		points = score(candidate, p);
		if (points > best) {
			best = points;
			p->profile = *candidate;
			hl_strlcpy(p->profile_name, sizeof(p->profile_name), name);
		}
	}
	free(candidate);
}
