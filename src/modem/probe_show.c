/* What the probe found, for people and for programs. */
#include <stdio.h>
#include <string.h>

#include "modem/probe_inside.h"

#define NAME_COLUMNS 18

static const struct { const char *word, *colour; } verdicts[] = {
	[PROBE_SKIPPED] = { "-", "\033[2m" },
	[PROBE_GREEN] = { "green", "\033[32m" },
	[PROBE_RED] = { "red", "\033[31m" },
};

bool probe_is_green(const struct probe *p)
{
	for (size_t i = 0; i < p->result_count; i++)
		if (p->results[i].verdict == PROBE_RED)
			return false;
	return true;
}

static void show_result(const struct probe_result *r, bool colour)
{
	printf("  %s%-5s%s  %-*s  %s\n", colour ? verdicts[r->verdict].colour : "", verdicts[r->verdict].word,
	       colour ? "\033[0m" : "", NAME_COLUMNS, r->name, r->text);
	if (r->mend[0])
		printf("         %*s  mend: %s\n", NAME_COLUMNS, "", r->mend);
}

void probe_show(const struct probe *p, bool colour)
{
	printf("%s%s%s%s\n", p->tty, p->usb[0] ? " (USB " : "", p->usb, p->usb[0] ? ")" : "");
	for (size_t i = 0; i < p->result_count; i++)
		if (!p->over || p->results[i].verdict != PROBE_SKIPPED) /* the red line says it */
			show_result(&p->results[i], colour);
	if (p->imei[0])
		printf("  profile: %s (%s)\n  for hotlined.conf: { name = \"...\"; imei = \"%s\"; profile = \"%s\"; }\n", p->profile_name,
		       p->profile.description, p->imei, p->profile_name);
}

json_t *probe_json(const struct probe *p)
{
	json_t *o = json_object(), *checks = json_array();

	for (size_t i = 0; i < p->result_count; i++) {
		const struct probe_result *r = &p->results[i];
		json_array_append_new(checks, json_pack("{s:s, s:s, s:s, s:s}", "check", r->name, "verdict",
			r->verdict == PROBE_SKIPPED ? "skipped" : verdicts[r->verdict].word, "text", r->text, "mend", r->mend));
	}
	json_object_set_new(o, "tty", json_string(p->tty));
	json_object_set_new(o, "usb", json_string(p->usb));
	json_object_set_new(o, "model", json_string(p->model));
	json_object_set_new(o, "imei", json_string(p->imei));
	json_object_set_new(o, "profile", json_string(p->profile_name));
	json_object_set_new(o, "green", json_boolean(probe_is_green(p)));
	json_object_set_new(o, "checks", checks);
	return o;
}
