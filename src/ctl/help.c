#include <config.h>

#include "ctl/help.h"

#include <string.h>

#include "ctl/client.h"

#define COLUMN 30

static const char head[] =
	"usage: hotlinectl [OPTION...] COMMAND [ARGUMENT...]\n"
	"\n"
	"Looks after a hotline: asks hotlined over its control socket and shows the answer.\n";

static const char tail[] =
	"\n"
	"Each command has its own --help. Options of every command:\n"
	"  --socket PATH      control socket; otherwise the one that the configuration names,\n"
	"                     otherwise " CTL_SOCKET_DEFAULT "\n"
	"  --config FILE      configuration of the core (" CTL_CONFIG_DEFAULT ")\n"
	"  --as NAME          who is asking; the password is asked on the terminal\n"
	"  --password-stdin   read secrets from standard input, a line each, instead of the terminal\n"
	"  --token TOKEN      this command again, as one said that could not tell whether it was done\n"
	"  --json             the answer as one line of JSON, for programs\n"
	"  --help             this text, or that of a command\n"
	"  --version          the version\n"
	"\n"
	"Colours are used on a terminal, unless NO_COLOR is set.\n"
	"\n"
	"Exit codes: 0 done; 1 refused, or something is wrong; 2 wrong use; 3 the core cannot be reached;\n"
	"4 not authorised (password, role or user); 5 no such thing.\n";

/* What people are at, and the first words of the commands for it, in the order in which they are shown. */
static const struct {
	const char *title, *words[9];
} groups[] = {
	{ "What goes on", { "status", "watch", "alerts", "alert", "outbox", "modems", "modem", "send-test", "quarantine" } },
	{ "Cases", { "queue", "case", "release", "agencies", "tallies" } },
	{ "People and duty", { "person", "roster", "audit" } },
	{ "Outreach", { "contacts", "campaign" } },
	{ "What texts mean, and the menu", { "rules", "ussd" } },
	{ "Installing and keeping", { "init", "backup", "restore", "retention" } },
};
#define GROUPS (sizeof(groups) / sizeof(*groups))
#define WORDS_MAX (sizeof(groups[0].words) / sizeof(*groups[0].words))

static void print_row(FILE *out, const struct ctl_command *row)
{
	int len = fprintf(out, "  %s%s%s", row->name, *row->args ? " " : "", row->args);

	fprintf(out, "%*s%s\n", len < COLUMN ? COLUMN - len : 2, "", row->help);
}

static bool begins_with(const struct ctl_command *row, const char *word)
{
	size_t len = strlen(word);

	return strncmp(row->name, word, len) == 0 && (row->name[len] == '\0' || row->name[len] == ' ');
}

void help_all(FILE *out)
{
	fputs(head, out);
	for (size_t g = 0; g < GROUPS; g++) {
		fprintf(out, "\n%s:\n", groups[g].title);
		for (size_t w = 0; w < WORDS_MAX && groups[g].words[w]; w++)
			for (size_t i = 0; i < ctl_command_count; i++)
				if (begins_with(&ctl_commands[i], groups[g].words[w]))
					print_row(out, &ctl_commands[i]);
	}
	fputs(tail, out);
}

void help_short(FILE *out)
{
	fputs(head, out);
	fputc('\n', out);
	for (size_t g = 0; g < GROUPS; g++) {
		int len = fprintf(out, "  %s", groups[g].title);
		fprintf(out, "%*s", COLUMN + 3 - len, "");
		for (size_t w = 0; w < WORDS_MAX && groups[g].words[w]; w++)
			fprintf(out, "%s%s", w ? ", " : "", groups[g].words[w]);
		fputc('\n', out);
	}
	fputs("\nAll commands, options and exit codes: hotlinectl --help. Of one: hotlinectl COMMAND --help\n", out);
}

void help_command(FILE *out, const struct ctl_command *row)
{
	fprintf(out, "usage: hotlinectl %s%s%s\n\n%s.\n", row->name, *row->args ? " " : "", row->args, row->help);
	if (row->more)
		fprintf(out, "\n%s", row->more);
	if (row->options[0].name)
		fputs("\nOptions:\n", out);
	for (size_t i = 0; i < CTL_OPTIONS_MAX && row->options[i].name; i++) {
		const struct ctl_option *o = &row->options[i];
		int len = fprintf(out, "  --%s%s%s", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
		fprintf(out, "%*s%s\n", len < 21 ? 21 - len : 2, "", o->help);
	}
	if (row->person == CTL_MUST)
		fputs("\nAsked by a person: --as NAME, otherwise the name is asked on the terminal.\n", out);
	if (row->person == CTL_MAY)
		fputs("\nTexts are shown only to a person who may read them: --as NAME, otherwise the name is asked\n"
			"on the terminal.\n", out);
	fputs("\nOptions of every command and exit codes: hotlinectl --help\n", out);
}

bool help_group(FILE *out, const char *word)
{
	size_t shown = 0;

	for (size_t i = 0; i < ctl_command_count; i++) {
		if (!begins_with(&ctl_commands[i], word))
			continue;
		if (shown++ == 0)
			fprintf(out, "Commands of hotlinectl %s (each has its own --help):\n", word);
		print_row(out, &ctl_commands[i]);
	}
	return shown > 0;
}

void help_version(FILE *out)
{
	fputs("hotlinectl " PACKAGE_VERSION "\n", out);
}
