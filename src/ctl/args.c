#include "ctl/args.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "ctl/help.h"

struct reading {
	int argc, at;
	char **argv;
	struct ctl *ctl;
	struct ctl_args *args;
	const struct ctl_command *row;
	bool help, version, shown;
	bool only_words; /* after -- */
};

/* Options for everybody. */
struct global {
	const char *name;
	bool value;
	void (*set)(struct reading *r, const char *value);
};

static void set_socket(struct reading *r, const char *value) { r->ctl->socket_path = value; }
static void set_config(struct reading *r, const char *value) { r->ctl->config = value; }
static void set_as(struct reading *r, const char *value) { r->ctl->as = value; }

static void set_token(struct reading *r, const char *value) { r->ctl->token = value; }

static void set_json(struct reading *r, const char *value)
{
	(void)value;
	r->ctl->json = true;
}

static void set_password_stdin(struct reading *r, const char *value)
{
	(void)value;
	r->ctl->password_stdin = true;
}

static void set_help(struct reading *r, const char *value)
{
	(void)value;
	r->help = true;
}

static void set_version(struct reading *r, const char *value)
{
	(void)value;
	r->version = true;
}

static const struct global globals[] = {
	{ "socket", true, set_socket }, { "config", true, set_config }, { "as", true, set_as }, { "token", true, set_token },
	{ "json", false, set_json },
	{ "password-stdin", false, set_password_stdin }, { "help", false, set_help }, { "version", false, set_version },
};

/* Whether option ("--name" or "--name=value") has this name; *value is what stands behind =, or NULL. */
static bool option_is(const char *option, const char *name, const char **value)
{
	size_t len = strlen(name);

	if (strncmp(option + 2, name, len) != 0 || (option[2 + len] != '\0' && option[2 + len] != '='))
		return false;
	*value = option[2 + len] ? option + 2 + len + 1 : NULL;
	return true;
}

/* The value of an option that needs one: behind = or the next argument. */
static int take_value(struct reading *r, const char *name, const char **value)
{
	if (!*value && r->at < r->argc)
		*value = r->argv[r->at++];
	if (!*value)
		return ctl_fail(CTL_USAGE, "--%s needs a value", name);
	return CTL_OK;
}

/* The option that was meant by one that there is not, or NULL. */
static const char *similar_option(const struct ctl_command *row, const char *name)
{
	for (size_t i = 0; row && i < CTL_OPTIONS_MAX && row->options[i].name; i++)
		if (conf_similar(name, row->options[i].name))
			return row->options[i].name;
	for (size_t i = 0; i < sizeof(globals) / sizeof(*globals); i++)
		if (conf_similar(name, globals[i].name))
			return globals[i].name;
	return NULL;
}

static int unknown_option(const struct ctl_command *row, const char *option)
{
	char name[64];
	const char *meant;

	hl_strlcpy(name, sizeof(name), option + 2);
	name[strcspn(name, "=")] = '\0';
	meant = similar_option(row, name);
	if (meant)
		return ctl_fail(CTL_USAGE, "%s: no such option: did you mean --%s?", option, meant);
	return ctl_fail(CTL_USAGE, "%s: no such option%s; see hotlinectl %s%s--help", option,
		row ? " of this command" : " before the command", row ? row->name : "", row ? " " : "");
}

static int read_option(struct reading *r, const char *option)
{
	const char *value;
	int err;

	for (size_t i = 0; i < sizeof(globals) / sizeof(*globals); i++) {
		if (!option_is(option, globals[i].name, &value))
			continue;
		err = globals[i].value ? take_value(r, globals[i].name, &value) : CTL_OK;
		if (err == CTL_OK)
			globals[i].set(r, value);
		return err;
	}
	for (size_t i = 0; r->row && i < CTL_OPTIONS_MAX && r->row->options[i].name; i++) {
		const struct ctl_option *o = &r->row->options[i];
		if (!option_is(option, o->name, &value))
			continue;
		err = o->arg ? take_value(r, o->name, &value) : CTL_OK;
		r->args->option[i] = o->arg ? value : "";
		return err;
	}
	return unknown_option(r->row, option);
}

/* How many words of argv, from at, the row's name takes; 0 where it is another name. */
static int name_matches(const struct reading *r, const char *name)
{
	int words = 0;

	while (*name) {
		size_t len = strcspn(name, " ");
		const char *word = r->at + words < r->argc ? r->argv[r->at + words] : "";
		if (strlen(word) != len || memcmp(word, name, len) != 0)
			return 0;
		words++;
		name += len + strspn(name + len, " ");
	}
	return words;
}

/* The row with the longest name that stands here ("audit verify" before "audit"); its words are consumed. */
static const struct ctl_command *find_row(struct reading *r)
{
	const struct ctl_command *best = NULL;
	int most = 0;

	for (size_t i = 0; i < ctl_command_count; i++) {
		int words = name_matches(r, ctl_commands[i].name);
		if (words > most) {
			most = words;
			best = &ctl_commands[i];
		}
	}
	r->at += most;
	return best;
}

/* The command that was meant: one whose first word is like this one, or, with rest, one of this family. "" where there is none. */
static void similar_command(const char *word, const char *rest, char *out, size_t size)
{
	*out = '\0';
	for (size_t i = 0; i < ctl_command_count && !*out; i++) {
		const char *name = ctl_commands[i].name;
		size_t len = strcspn(name, " ");
		char first[32];
		hl_strlcpy(first, sizeof(first), name);
		first[len < sizeof(first) ? len : 0] = '\0';
		if (*rest ? strcmp(first, word) == 0 && name[len] && conf_similar(rest, name + len + 1) : conf_similar(word, first))
			hl_strlcpy(out, size, *rest ? name : first);
	}
}

/* No row begins with this word: perhaps it is the head of several ("case"). */
static int unknown_command(struct reading *r)
{
	const char *word = r->argv[r->at], *next = r->at + 1 < r->argc ? r->argv[r->at + 1] : "";
	bool asked = r->help || strcmp(next, "--help") == 0 || strcmp(next, "-h") == 0;

	bool family = help_group(asked ? stdout : stderr, word);
	char meant[64];

	similar_command(word, family ? next : "", meant, sizeof(meant));
	if (!family)
		return *meant ? ctl_fail(CTL_USAGE, "%s: no such command: did you mean %s?", word, meant) :
			ctl_fail(CTL_USAGE, "%s: no such command; see hotlinectl --help", word);
	if (!asked && *next)
		ctl_fail(CTL_USAGE, *meant ? "%s %s: no such command: did you mean %s?" : "%s %s: no such command; there are those above", word,
			next, meant);
	r->shown = asked;
	return asked ? CTL_OK : CTL_USAGE;
}

static int read_all(struct reading *r)
{
	while (r->at < r->argc) {
		const char *arg = r->argv[r->at];
		int err;
		if (!r->only_words && strcmp(arg, "--") == 0) {
			r->only_words = true;
			r->at++;
		} else if (!r->only_words && (strncmp(arg, "--", 2) == 0 || strcmp(arg, "-h") == 0)) {
			r->at++;
			err = read_option(r, strcmp(arg, "-h") == 0 ? "--help" : arg);
			if (err)
				return err;
		} else if (!r->row) {
			r->row = find_row(r);
			if (!r->row)
				return unknown_command(r);
		} else if (r->args->words == CTL_WORDS_MAX) {
			return ctl_fail(CTL_USAGE, "too many arguments; see hotlinectl %s --help", r->row->name);
		} else {
			r->args->word[r->args->words++] = arg;
			r->at++;
		}
	}
	return CTL_OK;
}

int args_read(int argc, char **argv, struct ctl *ctl, struct ctl_args *args, const struct ctl_command **row)
{
	struct reading r = { .argc = argc, .at = 1, .argv = argv, .ctl = ctl, .args = args };
	int err = read_all(&r);

	*row = NULL;
	if (err || r.shown)
		return err;
	if (r.version) {
		help_version(stdout);
	} else if (r.help && r.row) {
		help_command(stdout, r.row);
	} else if (r.help) {
		help_all(stdout);
	} else if (!r.row) {
		help_short(stderr);
		return CTL_USAGE;
	} else if (args->words < r.row->words_min || args->words > r.row->words_max) {
		return ctl_fail(CTL_USAGE, "usage: hotlinectl %s%s%s; more: hotlinectl %s --help", r.row->name, *r.row->args ? " " : "",
			r.row->args, r.row->name);
	} else {
		*row = r.row;
	}
	return CTL_OK;
}
