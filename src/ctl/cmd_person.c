/* person add: two secrets, neither of them ever an argument. */
#include <stdio.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/terminal.h"

struct secrets { char password[TERMINAL_SECRET_MAX], again[TERMINAL_SECRET_MAX], authority[TERMINAL_SECRET_MAX]; };

static int ask_secrets(const struct ctl *ctl, const char *name, struct secrets *s)
{
	char question[300];
	int err;

	snprintf(question, sizeof(question), "New password of %.200s: ", name);
	err = terminal_secret(ctl, question, s->password, sizeof(s->password));
	if (!err && !ctl->password_stdin)
		err = terminal_secret(ctl, "The same once more: ", s->again, sizeof(s->again));
	if (!err && !ctl->password_stdin && strcmp(s->password, s->again) != 0)
		err = ctl_fail(CTL_USAGE, "the two are not the same");
	if (err)
		return err;
	if (ctl->as)
		snprintf(question, sizeof(question), "Password of %.200s: ", ctl->as);
	else
		snprintf(question, sizeof(question), "Recovery key: ");
	return terminal_secret(ctl, question, s->authority, sizeof(s->authority));
}

static int add(struct ctl *ctl, const struct ctl_args *args, const struct secrets *s, json_t **answer)
{
	json_t *request = json_pack("{s:s, s:s, s:s, s:s, s:s*}", "op", "person.add", "name", args->word[0], "role", args->option[0],
		"password", s->password, "unit", args->option[1]);
	int bad = !request;

	if (!bad && ctl->as)
		bad = json_object_set_new(request, "as", json_string(ctl->as)) ||
			json_object_set_new(request, "as_password", json_string(s->authority));
	else if (!bad)
		bad = json_object_set_new(request, "recovery", json_string(s->authority));
	if (bad) {
		json_decref(request);
		return ctl_fail(CTL_USAGE, "names and secrets must be valid UTF-8");
	}
	return client_ask(ctl, request, answer);
}

/* Looked at before anybody types a secret; the core decides. */
static bool is_role(const char *role)
{
	static const char *const roles[] = { "officer", "coordinator", "auditor", "outreach" };

	for (size_t i = 0; role && i < sizeof(roles) / sizeof(*roles); i++)
		if (strcmp(role, roles[i]) == 0)
			return true;
	return false;
}

int cmd_person_add(struct ctl *ctl, const struct ctl_args *args)
{
	const char *name = args->word[0];
	struct secrets s;
	json_t *answer;
	int err;

	if (!is_role(args->option[0]))
		return ctl_fail(CTL_USAGE, "which role? --role officer, coordinator, auditor or outreach");
	err = client_connect(ctl);
	if (!err)
		err = ask_secrets(ctl, name, &s);
	if (!err)
		err = add(ctl, args, &s, &answer);
	explicit_bzero(&s, sizeof(s));
	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("Added %s, %s%s%s.\n", ctl_text(answer, "name"), ctl_text(answer, "role"),
		*ctl_text(answer, "unit") ? " of " : "", ctl_text(answer, "unit"));
	json_decref(answer);
	return CTL_OK;
}

int cmd_person_allow(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	int err = client_ask_once(ctl, json_pack("{s:s, s:s}", "op", "person.allow", "name", args->word[0]), &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("%s may read on.\n", args->word[0]);
	json_decref(answer);
	return CTL_OK;
}

int cmd_person_remove(struct ctl *ctl, const struct ctl_args *args)
{
	char key[TERMINAL_SECRET_MAX];
	json_t *request, *answer;
	int err = terminal_secret(ctl, "Recovery key: ", key, sizeof(key));

	if (err)
		return err;
	request = json_pack("{s:s, s:s, s:s}", "op", "person.remove", "name", args->word[0], "recovery", key);
	explicit_bzero(key, sizeof(key));
	err = request ? client_ask(ctl, request, &answer) : ctl_fail(CTL_USAGE, "names and secrets must be valid UTF-8");
	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("%s is removed.\n", args->word[0]);
	json_decref(answer);
	return CTL_OK;
}
