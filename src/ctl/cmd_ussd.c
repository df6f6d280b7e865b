/* ussd: the menu at the desk, without a core (check, play); who is in it, and reading it again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "core/ussd/engine.h"
#include "ctl/client.h"
#include "ctl/list.h"
#include "ctl/text.h"

#define MENU_DEFAULT HL_SYSCONFDIR "/ussd.conf"
#define INPUT_MOST 1024

/* As wide as they may be, for measuring and for showing. */
static const struct menu_words words = { "102", "108", "00000000", "4821935", "A", "10" };

static struct menu *open_menu(const struct ctl *ctl, const struct ctl_args *args)
{
	const char *path = args->words ? args->word[0] : NULL;
	struct conf_errors *errors = hl_calloc(1, sizeof(*errors));
	char named[512];
	struct menu *m;

	if (!path)
		path = client_config_path(ctl, "ussd", named, sizeof(named)) ? named : MENU_DEFAULT;
	m = menu_load(path, &words, errors);
	conf_errors_print(stderr, errors);
	if (!m)
		ctl_fail(CTL_FAILED, "%zu error%s in the menu", errors->count, errors->count == 1 ? "" : "s");
	free(errors);
	return m;
}

/* ---- check ------------------------------------------------------------------------------------------------------- */

static int pages_most(const struct menu *m, const struct menu_transport *t)
{
	const struct screen_view v = { m, t, words, NULL };
	size_t starts[MENU_OPTIONS_MAX + 1];
	int most = 0;

	for (size_t i = 0; i < m->node_count; i++) {
		for (int lang = 0; lang < WORDING_LANGUAGES && m->nodes[i].kind != MENU_QUIZ; lang++) {
			int pages = screen_pages(&v, (int)i, (enum wording_language)lang, starts);
			most = pages > most ? pages : most;
		}
	}
	return most;
}

int cmd_ussd_check(struct ctl *ctl, const struct ctl_args *args)
{
	struct menu *m = open_menu(ctl, args);

	if (!m)
		return CTL_FAILED;
	if (ctl->json) {
		ctl_print_json(json_pack("{s:s, s:I, s:I}", "version", m->version, "nodes", (json_int_t)m->node_count, "transports",
			(json_int_t)m->transport_count));
	} else {
		printf("The menu is in order: %zu nodes, version %s.\n", m->node_count, m->version);
		for (size_t i = 0; i < m->transport_count; i++)
			printf("  %-12s %lld or %lld characters a screen%s, at most %d pages\n", m->transports[i].name,
				(long long)m->transports[i].gsm7, (long long)m->transports[i].ucs2, m->transports[i].translit ? " in Latin letters" : "",
				pages_most(m, &m->transports[i]));
	}
	menu_free(m);
	return CTL_OK;
}

/* ---- play -------------------------------------------------------------------------------------------------------- */

static void print_did(const struct ussd_step *step)
{
	static const struct { enum menu_action action; const char *says; } rows[] = {
		{ MENU_REPORT, "a report begins or goes on" }, { MENU_HELP, "somebody asks for help: high" }, { MENU_URGENT, "high" },
		{ MENU_EMERGENCY, "an emergency: rings now" }, { MENU_TEXT_YES, "may be texted" }, { MENU_TEXT_NO, "is not texted" },
		{ MENU_STOP, "campaigns end" }, { MENU_START, "campaigns again" }, { MENU_RESUME, "goes on where they stopped" },
		{ MENU_FRESH, "begins again" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (step->actions & (unsigned)rows[i].action)
			printf("    [%s]\n", rows[i].says);
}

/* False where the screen cannot be shown: the transport is too small for it. */
static bool print_screen(const struct screen_view *v, const struct ussd_state *s, bool again)
{
	char text[SCREEN_MAX];
	size_t units = 0, most = 0;

	if (ussd_screen(v, s, again, text) < 0)
		return false;
	screen_fits(v->transport, text, &units, &most);
	printf("\n%s\n    [%s, %zu of %zu characters]\n", text, v->menu->nodes[s->node].name, units, most);
	return true;
}

static void take(const struct screen_view *v, struct ussd_state *s, const char *line)
{
	struct ussd_step step = ussd_step(v, s, line);
	const struct menu_node *n;

	print_did(&step);
	if (step.actions & (MENU_RESUME | MENU_FRESH))
		ussd_begin(v->menu, s->lang, s);
	n = &v->menu->nodes[s->node];
	if (n->kind == MENU_QUIZ) { /* there is no campaign here */
		printf("    [here the quiz of the running campaign is asked]\n");
		ussd_go(v->menu, s, n->quiz[MENU_QUIZ_NONE]);
	}
	print_screen(v, s, step.did == USSD_WRONG);
}

static void play(const struct menu *m, const char *transport)
{
	const struct screen_view v = { m, menu_transport(m, transport), words, NULL };
	struct ussd_state s;
	char line[INPUT_MOST];

	ussd_begin(m, WORDING_MN, &s);
	print_screen(&v, &s, false);
	while (!s.ended && printf("> ") > 0 && fflush(stdout) == 0 && fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\r\n")] = '\0';
		take(&v, &s, line);
	}
	if (!s.ended)
		putchar('\n');
}

int cmd_ussd_play(struct ctl *ctl, const struct ctl_args *args)
{
	const char *transport = args->option[0] ? args->option[0] : "default";
	struct menu *m = open_menu(ctl, args);

	if (!m)
		return CTL_FAILED;
	if (args->option[0] && !menu_has_transport(m, transport)) {
		menu_free(m);
		return ctl_fail(CTL_NOT_FOUND, "the menu names no transport %s", transport);
	}
	play(m, transport);
	menu_free(m);
	return CTL_OK;
}

/* ---- of a core --------------------------------------------------------------------------------------------------- */

static void session_row(struct table *t, const json_t *s, int64_t now_ms)
{
	table_text(t, ctl_text(s, "transport"));
	list_age(t, now_ms, ctl_int(s, "started_ms"));
	table_int(t, ctl_int(s, "step"));
	table_int(t, ctl_int(s, "answers"));
	table_text(t, *ctl_text(s, "code") ? ctl_text(s, "code") : "-");
	table_text(t, ctl_text(s, "menu"));
}

int cmd_ussd_sessions(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "BY", "SINCE", ">INPUTS", ">ANSWERS", "CASE", "MENU", NULL };
	static const struct list list = { "ussd.sessions", "sessions", titles, session_row, "Nobody is in the menu.", true };

	(void)args;
	return list_run(ctl, &list, NULL);
}

int cmd_ussd_reload(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *text;
	bool taken;
	size_t i;
	int err = client_ask(ctl, json_pack("{s:s}", "op", "ussd.reload"), &answer);

	(void)args;
	if (err)
		return err;
	taken = ctl_true(answer, "taken");
	if (ctl->json) {
		ctl_print_json(answer);
		return taken ? CTL_OK : CTL_FAILED;
	}
	json_array_foreach(json_object_get(answer, "errors"), i, text)
		fprintf(stderr, "%s\n", json_string_value(text));
	if (taken)
		printf("The menu is in force: version %s. Whoever is in the middle of another goes on with that.\n", ctl_text(answer, "version"));
	else
		ctl_fail(CTL_FAILED, "refused with %lld errors; the old menu stays", (long long)ctl_int(answer, "count"));
	json_decref(answer);
	return taken ? CTL_OK : CTL_FAILED;
}
