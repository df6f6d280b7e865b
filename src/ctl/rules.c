#include "ctl/rules.h"

#include <stdio.h>

#include "ctl/client.h"

#define RULES_DEFAULT HL_SYSCONFDIR "/triage"

static void on_bad_rule(void *arg, const char *file, int line, const char *text)
{
	size_t *count = arg;

	++*count;
	if (line)
		fprintf(stderr, "%s:%d: %s\n", file, line, text);
	else
		fprintf(stderr, "%s\n", text); /* names it */
}

int rules_open(const struct ctl *ctl, const struct ctl_args *args, struct triage_rules **rules)
{
	size_t count = 0;
	const char *dir = args->option[0];
	char path[512];
	struct hl_reason why;

	if (!dir)
		dir = client_config_path(ctl, "triage", path, sizeof(path)) ? path : RULES_DEFAULT;
	if (triage_load_telling(dir, rules, on_bad_rule, &count, &why))
		return ctl_fail(CTL_FAILED, "%s%zu error%s in the rules of %s (others: --rules DIR, or --config FILE)",
			count == TRIAGE_ERRORS_MAX ? "at least " : "", count, count == 1 ? "" : "s", dir);
	return CTL_OK;
}

json_t *rules_json(const struct triage_verdict *v)
{
	json_t *object = json_object(), *cues = json_array();

	json_object_set_new(object, "kind", json_string(triage_kind_name(v->kind)));
	json_object_set_new(object, "exploitation", json_string(triage_exploitation_name(v->exploitation)));
	json_object_set_new(object, "urgency", json_string(triage_urgency_name(v->urgency)));
	json_object_set_new(object, "child", json_boolean(v->child));
	json_object_set_new(object, "conflict", json_boolean(v->conflict));
	json_object_set_new(object, "district", json_string(v->district));
	json_object_set_new(object, "khoroo", json_integer(v->khoroo));
	json_object_set_new(object, "script", json_string(triage_script_name(v->script)));
	json_object_set_new(object, "score", json_integer(v->score));
	for (size_t i = 0; i < v->cue_count; i++) {
		const struct triage_cue *c = &v->cues[i];
		json_array_append_new(cues, json_pack("{s:s, s:s, s:i, s:i, s:I, s:I}", "stem", c->stem, "category",
			triage_category_name(c->category), "weight", c->weight, "number", c->number, "start", (json_int_t)c->start, "end",
			(json_int_t)c->end));
	}
	if (v->learned)
		json_object_set_new(object, "learned", json_pack("{s:f, s:f, s:f}", "report", v->tip / TRIAGE_LEARNED_ONE, "urgent",
			v->urgent / TRIAGE_LEARNED_ONE, "emergency", v->emergency / TRIAGE_LEARNED_ONE));
	json_object_set_new(object, "cues", cues);
	return object;
}
