#include <config.h>

#include "ctl/help.h"

#include <string.h>

#include "ctl/client.h"

#define COLUMN 30

static const char head[] =
	"usage: hotlinectl [OPTION...] COMMAND [ARGUMENT...]\n"
	"\n"
	"Looks after a hotline: asks hotlined over its control socket and shows the answer.\n"
	"\n"
	"Commands (each has its own --help):\n";

static const char tail[] =
	"\n"
	"Options of every command:\n"
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

static void print_row(FILE *out, const struct ctl_command *row)
{
	int len = fprintf(out, "  %s%s%s", row->name, *row->args ? " " : "", row->args);

	fprintf(out, "%*s%s\n", len < COLUMN ? COLUMN - len : 2, "", row->help);
}

void help_all(FILE *out)
{
	fputs(head, out);
	for (size_t i = 0; i < ctl_command_count; i++)
		print_row(out, &ctl_commands[i]);
	fputs(tail, out);
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
	size_t len = strlen(word), shown = 0;

	for (size_t i = 0; i < ctl_command_count; i++) {
		const char *name = ctl_commands[i].name;
		if (strncmp(name, word, len) != 0 || name[len] != ' ')
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
