/* contacts import: the file is read here and given to the core in pieces, which takes all of it or nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "ctl/client.h"
#include "ctl/contacts_file.h"
#include "ctl/terminal.h"

#define LINES_AT_ONCE 700
#define OCTETS_AT_ONCE 40000 /* of a request, which is one line of the socket */
#define ERRORS_SHOWN 100

enum { OPTION_SOURCE, OPTION_DATE, OPTION_GROUP, OPTION_LANGUAGE, OPTION_SCRIPT, OPTION_SKIP_BAD };

struct importing {
	struct ctl *ctl;
	const char *path;
	struct contacts_file file;
	int64_t id, read, bad, bad_there; /* bad_there: found by the core, until all are counted */
	json_t *lines;             /* that wait to be sent */
	size_t octets;
	json_t *errors;            /* those that are shown */
	bool skip_bad;
	int shown_percent;
};

/* ---- what the person sees ---------------------------------------------------------------------------------------------- */

/* On a terminal one line that changes, elsewhere a line for each tenth. */
static void show_progress(struct importing *m, const char *what, int64_t done, int64_t total)
{
	int percent = total > 0 ? (int)(done * 100 / total) : 0;
	bool terminal = isatty(STDERR_FILENO);

	if (m->ctl->json || percent == m->shown_percent || (!terminal && percent / 10 == m->shown_percent / 10 && m->shown_percent >= 0))
		return;
	m->shown_percent = percent;
	fprintf(stderr, terminal ? "\r%s: %3d %%%s" : "%s: %d %%%s\n", what, percent, terminal && percent == 100 ? "\n" : "");
}

static void note_error(struct importing *m, int64_t line, const char *why)
{
	if (json_array_size(m->errors) < ERRORS_SHOWN)
		json_array_append_new(m->errors, json_pack("{s:I, s:s}", "line", (json_int_t)line, "error", why));
}

static void show_errors(const struct importing *m)
{
	const json_t *e;
	size_t i;

	json_array_foreach(m->errors, i, e)
		fprintf(stderr, "%s:%lld: %s\n", m->path, (long long)ctl_int(e, "line"), ctl_text(e, "error"));
	if ((size_t)m->bad > json_array_size(m->errors))
		fprintf(stderr, "and %lld more\n", (long long)(m->bad - (int64_t)json_array_size(m->errors)));
}

/* ---- the file ---------------------------------------------------------------------------------------------------------- */

static char *read_whole(const char *path, size_t *len)
{
	FILE *f = ctl_open(path);
	size_t room = 1u << 16, n;
	char *text, *more;

	if (!f)
		return NULL;
	text = hl_calloc(1, room);
	*len = 0;
	while ((n = fread(text + *len, 1, room - *len, f)) > 0 && *len <= CONTACTS_FILE_MOST) {
		*len += n;
		if (*len < room)
			continue;
		more = hl_calloc(2, room);
		memcpy(more, text, *len);
		explicit_bzero(text, room);
		free(text);
		text = more;
		room *= 2;
	}
	if (f != stdin)
		fclose(f);
	if (*len > 0 && *len <= CONTACTS_FILE_MOST)
		return text;
	ctl_fail(CTL_FAILED, *len ? "%s has more than %u MiB: import it in pieces" : "%s is empty", path, CONTACTS_FILE_MOST >> 20);
	explicit_bzero(text, room);
	free(text);
	return NULL;
}

static int open_file(struct importing *m)
{
	const char *why = NULL;
	size_t len;
	int line;
	char *octets = read_whole(m->path, &len);

	if (!octets)
		return CTL_FAILED;
	if (contacts_file_open(&m->file, octets, len, &line, &why))
		return line ? ctl_fail(CTL_FAILED, "%s:%d: %s", m->path, line, why) : ctl_fail(CTL_FAILED, "%s: %s", m->path, why);
	return CTL_OK;
}

/* ---- the core ---------------------------------------------------------------------------------------------------------- */

static void set_text(json_t *request, const char *key, const char *text)
{
	if (text)
		json_object_set_new(request, key, json_string(text));
}

static int begin(struct importing *m, const struct ctl_args *args)
{
	json_t *request = json_pack("{s:s, s:b}", "op", "contacts.import.begin", "skip_bad", (int)m->skip_bad), *answer;
	int err;

	set_text(request, "source", args->option[OPTION_SOURCE]);
	set_text(request, "date", args->option[OPTION_DATE]);
	set_text(request, "language", args->option[OPTION_LANGUAGE]);
	set_text(request, "script", args->option[OPTION_SCRIPT]);
	if (args->option[OPTION_GROUP])
		json_object_set_new(request, "groups", json_pack("[s]", args->option[OPTION_GROUP]));
	err = client_ask(m->ctl, request, &answer);
	if (err)
		return err;
	m->id = ctl_int(answer, "import");
	json_decref(answer);
	return CTL_OK;
}

static int send_lines(struct importing *m)
{
	json_t *answer, *e;
	size_t i;
	int err;

	if (json_array_size(m->lines) == 0)
		return CTL_OK;
	err = client_ask(m->ctl, json_pack("{s:s, s:I, s:o}", "op", "contacts.import.lines", "import", (json_int_t)m->id, "lines", m->lines), &answer);
	m->lines = json_array();
	m->octets = 0;
	if (err)
		return err;
	json_array_foreach(json_object_get(answer, "errors"), i, e)
		note_error(m, ctl_int(e, "line"), ctl_text(e, "error"));
	m->bad_there = ctl_int(answer, "bad");
	json_decref(answer);
	show_progress(m, "read", (int64_t)m->file.csv.at, (int64_t)m->file.len);
	return CTL_OK;
}

/* Lines that cannot even be read count as any other bad one; behind a quote that is never closed nothing can be read. */
static int send_file(struct importing *m)
{
	const char *why;
	bool fatal = false;
	int line, err = CTL_OK;
	json_t *cells;

	while (!err && !fatal && ((cells = contacts_file_next(&m->file, &line, &why, &fatal)) || why)) {
		m->read++;
		if (!cells) {
			note_error(m, line, why);
			m->bad++;
			continue;
		}
		m->octets += json_dumpb(cells, NULL, 0, JSON_COMPACT) + 1;
		json_array_append_new(m->lines, cells);
		if (json_array_size(m->lines) == LINES_AT_ONCE || m->octets > OCTETS_AT_ONCE)
			err = send_lines(m);
	}
	if (!err)
		err = send_lines(m);
	m->bad += m->bad_there;
	return !err && fatal ? ctl_fail(CTL_FAILED, "%s:%d: %s; nothing was imported", m->path, line, why) : err;
}

static int ask_simply(struct importing *m, const char *op, json_t **answer)
{
	return client_ask(m->ctl, json_pack("{s:s, s:I}", "op", op, "import", (json_int_t)m->id), answer);
}

static void drop(struct importing *m)
{
	json_t *answer;

	if (ask_simply(m, "contacts.import.drop", &answer) == CTL_OK)
		json_decref(answer);
}

/* The end of it, told step by step. */
static int wait(struct importing *m, json_t **answer)
{
	int err;

	m->shown_percent = -1;
	for (;;) {
		err = ask_simply(m, "contacts.import.wait", answer);
		if (err)
			return err;
		show_progress(m, "taken in", ctl_int(*answer, "applied"), ctl_int(*answer, "staged"));
		if (strcmp(ctl_text(*answer, "state"), "applying") != 0)
			return CTL_OK;
		json_decref(*answer);
	}
}

static int show_result(struct importing *m, json_t *answer)
{
	json_object_set_new(answer, "read", json_integer(m->read));
	json_object_set_new(answer, "bad", json_integer(m->bad));
	json_object_set_new(answer, "charset", json_string(charset_name(m->file.charset)));
	json_object_set(answer, "errors", m->errors);
	if (m->ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	show_errors(m);
	printf("%lld lines (%s): %lld new, %lld known already, %lld twice in the file, %lld who had said STOP and stay out, %lld with errors left out.\n",
		(long long)m->read, charset_name(m->file.charset), (long long)ctl_int(answer, "added"), (long long)ctl_int(answer, "changed"),
		(long long)ctl_int(answer, "doubled"), (long long)ctl_int(answer, "stopped"), (long long)m->bad);
	json_decref(answer);
	return CTL_OK;
}

static int refuse(struct importing *m)
{
	drop(m);
	if (m->ctl->json) {
		ctl_print_json(json_pack("{s:I, s:I, s:O}", "read", (json_int_t)m->read, "bad", (json_int_t)m->bad, "errors", m->errors));
		return CTL_FAILED;
	}
	show_errors(m);
	return ctl_fail(CTL_FAILED, "%lld of %lld lines have errors, so nothing was imported: mend them, or leave them out with --skip-bad",
		(long long)m->bad, (long long)m->read);
}

static int import(struct importing *m)
{
	json_t *answer;
	int err = send_file(m);

	if (err) {
		drop(m);
		return err;
	}
	if (m->bad && !m->skip_bad)
		return refuse(m);
	err = ask_simply(m, "contacts.import.commit", &answer);
	if (err) {
		show_errors(m);
		drop(m);
		return err;
	}
	json_decref(answer);
	err = wait(m, &answer);
	return err ? err : show_result(m, answer);
}

/* What no core needs to be asked for: its letters, the first line, quotes. True where it can be read to its end; the errors of single lines are
 * noted, and told by the core with those that it finds. */
static bool look(struct importing *m)
{
	const char *why = NULL;
	bool fatal = false;
	json_t *cells;
	int line;

	if (open_file(m))
		return false;
	while (!fatal && ((cells = contacts_file_next(&m->file, &line, &why, &fatal)) || why)) {
		json_decref(cells);
		m->bad += cells == NULL;
		if (!cells && !fatal)
			note_error(m, line, why);
	}
	if (fatal)
		ctl_fail(CTL_FAILED, "%s:%d: %s; nothing was imported", m->path, line, why);
	contacts_file_close(&m->file);
	return !fatal;
}

/* Before anybody is asked for a password: the file is read here and, once the core is there, once more. Standard input can be read once only, and
 * the password may stand before the file. */
static int prepare(struct importing *m)
{
	bool is_stdin = strcmp(m->path, "-") == 0;
	int err = is_stdin || look(m) ? CTL_OK : CTL_FAILED;

	if (!err)
		err = terminal_begin(m->ctl, CTL_MUST);
	if (err == CTL_UNREACHABLE)
		show_errors(m);
	m->bad = 0;
	json_array_clear(m->errors);
	return err ? err : open_file(m);
}

int cmd_contacts_import(struct ctl *ctl, const struct ctl_args *args)
{
	struct importing m = { .ctl = ctl, .path = args->word[0], .skip_bad = args->option[OPTION_SKIP_BAD] != NULL, .shown_percent = -1,
		.lines = json_array(), .errors = json_array() };
	int err = prepare(&m);

	if (!err)
		err = begin(&m, args);
	if (!err)
		err = import(&m);
	contacts_file_close(&m.file);
	json_decref(m.lines);
	json_decref(m.errors);
	return err;
}
