/* rules.reload: the triage rules are read again from their files. With an error anywhere the old ones stay in force, and the
 * answer names file, line and what is wrong. */
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "core/config/config.h"
#include "core/config/wording.h"
#include "core/control/control.h"
#include "core/triage/triage.h"
#include "store/audit.h"

#define ERRORS_SHOWN 50 /* of them in one answer */

static void on_bad_rule(void *arg, const char *file, int line, const char *text)
{
	conf_error(arg, file, line, "%s", text);
}

/* Rules that are right in themselves may still name a district for which the wording has no label. */
static void check_districts(const struct core *core, const struct triage_rules *rules, struct conf_errors *errors)
{
	const char *district;

	for (size_t i = 0; (district = triage_district_name(rules, i, NULL)); i++)
		wording_need_district(core->wording, district, errors);
}

static json_t *errors_json(const struct conf_errors *errors)
{
	json_t *list = json_array();

	for (size_t i = 0; i < errors->count && i < CONF_ERRORS_MAX && i < ERRORS_SHOWN; i++)
		json_array_append_new(list, json_string(errors->list[i].text));
	return list;
}

static void refuse(struct control_call *call, const struct conf_errors *errors)
{
	struct core *core = call->core;

	hl_log(HL_LOG_WARNING, "rules", "reload_refused errors=%zu first=\"%s\"", errors->count, errors->list[0].text);
	audit_append(core->store, hl_wall_ms(core->clock), control_actor(call), "rules.reload.failed", "", "the old rules stay");
	control_ok(call, json_pack("{s:b, s:I, s:o}", "loaded", 0, "count", (json_int_t)errors->count, "errors", errors_json(errors)));
}

static void put_in_force(struct control_call *call, struct triage_rules *rules)
{
	struct core *core = call->core;
	char detail[64];

	triage_free(core->rules);
	core->rules = rules;
	snprintf(detail, sizeof(detail), "%zu stems", triage_rules_count(rules));
	hl_log(HL_LOG_NOTICE, "rules", "reloaded stems=%zu", triage_rules_count(rules));
	audit_append(core->store, hl_wall_ms(core->clock), control_actor(call), "rules.reload", "", detail);
	control_ok(call, json_pack("{s:b, s:I}", "loaded", 1, "stems", (json_int_t)triage_rules_count(rules)));
}

void control_rules_reload(struct control_call *call)
{
	struct core *core = call->core;
	struct conf_errors *errors = hl_calloc(1, sizeof(*errors));
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };
	int err = triage_load_telling(core->config->triage, &rules, on_bad_rule, errors, &why);

	if (err && errors->count == 0)
		conf_error(errors, core->config->triage, 0, "%s", why.text);
	if (!err)
		check_districts(core, rules, errors);
	if (errors->count == 0) {
		put_in_force(call, rules);
	} else {
		refuse(call, errors);
		triage_free(rules);
	}
	free(errors);
}
