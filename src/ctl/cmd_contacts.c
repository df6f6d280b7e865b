/* contacts list, show, groups, tag, optout, export. Numbers are masked by the core already. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/list.h"
#include "ctl/text.h"
#include "text/csv.h"

#define TAG_AT_ONCE 200

static void day_of(int64_t ms, char out[TEXT_SHORT])
{
	text_time(ms, out);
	out[strcspn(out, " ")] = '\0';
}

static json_t *selection(const struct ctl_args *args, size_t first)
{
	static const char *const keys[] = { "district", "group", "language" };
	json_t *request = json_object();

	for (size_t i = 0; i < 3; i++)
		if (args->option[first + i])
			json_object_set_new(request, keys[i], json_string(args->option[first + i]));
	return request;
}

static void contact_row(struct table *t, const json_t *c, int64_t now_ms)
{
	char day[TEXT_SHORT];

	(void)now_ms;
	day_of(ctl_int(c, "consent_ms"), day);
	table_int(t, ctl_int(c, "id"));
	table_text(t, ctl_text(c, "number"));
	table_text(t, ctl_text(c, "state"));
	table_text(t, *ctl_text(c, "district") ? ctl_text(c, "district") : "?");
	table_text(t, ctl_text(c, "language"));
	table_text(t, ctl_text(c, "script"));
	table_text(t, ctl_text(c, "groups"));
	table_text(t, ctl_text(c, "source"));
	table_text(t, day);
}

static const char *const contact_titles[] = { ">ID", "NUMBER", "STATE", "DISTRICT", "LANGUAGE", "SCRIPT", "GROUPS", "CONSENT", "OF", NULL };
static const struct list contacts = { "contacts.list", "contacts", contact_titles, contact_row, "No contacts.", true };

int cmd_contacts_list(struct ctl *ctl, const struct ctl_args *args)
{
	return list_run(ctl, &contacts, selection(args, 0));
}

static void group_row(struct table *t, const json_t *g, int64_t now_ms)
{
	(void)now_ms;
	table_text(t, ctl_text(g, "name"));
	table_int(t, ctl_int(g, "members"));
}

int cmd_contacts_groups(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "GROUP", ">MEMBERS", NULL };
	static const struct list groups = { "contacts.groups", "groups", titles, group_row, "No groups.", true };

	(void)args;
	return list_run(ctl, &groups, NULL);
}

static bool id_read(const char *text, int64_t *id)
{
	char *end;

	*id = strtoll(text, &end, 10);
	return *id > 0 && !*end;
}

int cmd_contacts_show(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *c;
	char day[TEXT_SHORT], joined[TEXT_SHORT], stopped[TEXT_SHORT];
	int64_t id;
	int err;

	if (!id_read(args->word[0], &id))
		return ctl_fail(CTL_USAGE, "ID is a number of hotlinectl contacts list");
	err = client_ask(ctl, json_pack("{s:s, s:I}", "op", "contacts.show", "contact", (json_int_t)id), &answer);
	if (err)
		return err;
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	c = json_object_get(answer, "contact");
	day_of(ctl_int(c, "consent_ms"), day);
	printf("contact   %lld  %s  %s\n", (long long)id, ctl_text(c, "number"), ctl_text(c, "state"));
	printf("district  %s\nreads     %s, %s\ngroups    %s\n", *ctl_text(c, "district") ? ctl_text(c, "district") : "?", ctl_text(c, "language"),
		ctl_text(c, "script"), ctl_text(c, "groups"));
	printf("consent   %s, %s\njoined    %s\n", day, ctl_text(c, "source"), text_time(ctl_int(c, "joined_ms"), joined));
	if (ctl_int(answer, "stopped_ms"))
		printf("STOP      %s\n", text_time(ctl_int(answer, "stopped_ms"), stopped));
	json_decref(answer);
	return CTL_OK;
}

/* ---- groups ------------------------------------------------------------------------------------------------------------ */

static int tag_some(struct ctl *ctl, const char *group, bool remove, json_t *ids, int64_t *changed)
{
	json_t *answer;
	int err = client_ask(ctl, json_pack("{s:s, s:s, s:b, s:o}", "op", "contacts.tag", "group", group, "remove", (int)remove,
		"contacts", ids), &answer);

	if (err)
		return err;
	*changed += ctl_int(answer, "changed");
	json_decref(answer);
	return CTL_OK;
}

/* Everybody of a selection, a page of the list at a time. */
static int tag_selected(struct ctl *ctl, const struct ctl_args *args, bool remove, int64_t *changed)
{
	json_t *answer, *c, *ids, *request;
	int64_t after = 0;
	bool more = true;
	size_t i;
	int err = CTL_OK;

	for (; !err && more; more = after != 0) {
		request = selection(args, 1);
		json_object_set_new(request, "op", json_string("contacts.list"));
		json_object_set_new(request, "after", json_integer(after));
		err = client_ask(ctl, request, &answer);
		if (err)
			break;
		ids = json_array();
		json_array_foreach(json_object_get(answer, "contacts"), i, c)
			json_array_append_new(ids, json_integer(ctl_int(c, "id")));
		after = list_goes_on(answer, "contacts");
		json_decref(answer);
		if (json_array_size(ids) > 0)
			err = tag_some(ctl, args->word[0], remove, ids, changed);
		else
			json_decref(ids);
	}
	return err;
}

int cmd_contacts_tag(struct ctl *ctl, const struct ctl_args *args)
{
	bool remove = args->option[0] != NULL, selected = args->option[1] || args->option[2] || args->option[3];
	json_t *ids;
	int64_t id, changed = 0;
	int err;

	if ((args->words > 1) == selected)
		return ctl_fail(CTL_USAGE, "say who: ids of contacts, or --district, --group or --language");
	if (selected) {
		err = tag_selected(ctl, args, remove, &changed);
	} else {
		ids = json_array();
		for (size_t i = 1; i < args->words; i++)
			if (id_read(args->word[i], &id))
				json_array_append_new(ids, json_integer(id));
		if (json_array_size(ids) + 1 != args->words) {
			json_decref(ids);
			return ctl_fail(CTL_USAGE, "an ID is a number of hotlinectl contacts list");
		}
		err = tag_some(ctl, args->word[0], remove, ids, &changed);
	}
	if (err)
		return err;
	if (ctl->json)
		ctl_print_json(json_pack("{s:I}", "changed", (json_int_t)changed));
	else
		printf("%lld contacts.\n", (long long)changed);
	return CTL_OK;
}

int cmd_contacts_optout(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *request = json_pack("{s:s}", "op", "contacts.optout"), *answer;
	int64_t id = 0;
	bool already;
	int err;

	if ((args->words == 1) == (args->option[0] != NULL) || (args->words && !id_read(args->word[0], &id))) {
		json_decref(request);
		return ctl_fail(CTL_USAGE, "an ID of hotlinectl contacts list, or --case CODE");
	}
	if (args->option[0])
		json_object_set_new(request, "code", json_string(args->option[0]));
	else
		json_object_set_new(request, "contact", json_integer(id));
	err = client_ask(ctl, request, &answer);
	if (err)
		return err;
	already = ctl_true(answer, "already");
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	json_decref(answer);
	puts(already ? "They had left already." : "Done: no campaign reaches them any more, unless they text START themselves.");
	return CTL_OK;
}

/* ---- export ------------------------------------------------------------------------------------------------------------ */

static void write_contact(const json_t *c)
{
	char id[24], day[TEXT_SHORT];

	snprintf(id, sizeof(id), "%lld", (long long)ctl_int(c, "id"));
	day_of(ctl_int(c, "consent_ms"), day);
	csv_write(stdout, id, true);
	csv_write(stdout, ctl_text(c, "state"), false);
	csv_write(stdout, ctl_text(c, "district"), false);
	csv_write(stdout, ctl_text(c, "language"), false);
	csv_write(stdout, ctl_text(c, "script"), false);
	csv_write(stdout, ctl_text(c, "groups"), false);
	csv_write(stdout, ctl_text(c, "source"), false);
	csv_write(stdout, day, false);
	csv_write_end(stdout);
}

int cmd_contacts_export(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *c, *request;
	int64_t after = 0;
	bool more = true;
	size_t i;
	int err = client_ask(ctl, json_pack("{s:s}", "op", "contacts.export"), &answer);

	if (err)
		return err;
	json_decref(answer);
	fputs("id,state,district,language,script,groups,consent_source,consent_date\r\n", stdout);
	for (; !err && more; more = after != 0) {
		request = selection(args, 0);
		json_object_set_new(request, "op", json_string("contacts.list"));
		json_object_set_new(request, "after", json_integer(after));
		err = client_ask(ctl, request, &answer);
		if (err)
			break;
		json_array_foreach(json_object_get(answer, "contacts"), i, c)
			write_contact(c);
		after = list_goes_on(answer, "contacts");
		json_decref(answer);
	}
	return err;
}
