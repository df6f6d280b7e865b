/* hotlinectl: what its commands share. A command is a row of the table in commands.c and a function in a file of its
 * own; it asks the core over the control socket and shows the answer. hotlinectl holds nothing: no key, no number,
 * no file of the core. Secrets are asked on the terminal or read from standard input, never from an argument. */
#ifndef HL_CTL_CTL_H
#define HL_CTL_CTL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Exit codes; they stand in --help. */
enum ctl_exit {
	CTL_OK = 0,
	CTL_FAILED = 1,        /* refused by the core, or something is wrong */
	CTL_USAGE = 2,
	CTL_UNREACHABLE = 3,   /* no core answers */
	CTL_UNAUTHORISED = 4,  /* wrong password, role or user */
	CTL_NOT_FOUND = 5,
};

#define CTL_OPTIONS_MAX 6
#define CTL_WORDS_MAX 4

struct client;

struct ctl {
	const char *program;
	const char *socket_path; /* NULL: of the configuration, else the default */
	const char *config;      /* NULL: the default */
	const char *as;          /* who is asking, or NULL */
	const char *token;       /* of a command that is repeated, or NULL */
	bool json, password_stdin;
	bool colour;             /* standard output is a terminal that wants it */
	struct client *client;   /* NULL until connected */
	json_t *login;           /* for another connection, NULL where nobody logged in */
};

struct ctl_args {
	const char *word[CTL_WORDS_MAX];     /* what is no option */
	size_t words;
	const char *option[CTL_OPTIONS_MAX]; /* by the row's options: its value, "" for a flag, NULL where it is absent */
};

enum ctl_person { CTL_NOBODY, CTL_MAY, CTL_MUST }; /* whether a command is asked by a person */

struct ctl_option { const char *name, *arg, *help; }; /* arg NULL: a flag */

struct ctl_command {
	const char *name;      /* "case show" */
	const char *args;      /* as usage shows them */
	const char *help;      /* one line */
	const char *more;      /* paragraphs for its --help, or NULL */
	size_t words_min, words_max;
	bool core;             /* connect, and log in who is named, before it runs; else it needs none, or begins itself: terminal_begin() */
	enum ctl_person person;
	int (*run)(struct ctl *ctl, const struct ctl_args *args);
	struct ctl_option options[CTL_OPTIONS_MAX];
};

extern const struct ctl_command ctl_commands[];
extern const size_t ctl_command_count;

/* Prints "hotlinectl: ..." to standard error and returns code. */
int ctl_fail(int code, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Opens a file that a person named, to read it; "-" is standard input, which nobody closes. NULL after ctl_fail(). */
FILE *ctl_open(const char *path);

/* Prints an answer for programs: one line of JSON without "ok". Takes it over. */
void ctl_print_json(json_t *answer);
/* Does so where --json was given; false, and nothing has happened, otherwise. */
bool ctl_printed_json(const struct ctl *ctl, json_t *answer);

/* Fields of an answer, with "" and 0 where they are absent. */
const char *ctl_text(const json_t *object, const char *key);
int64_t ctl_int(const json_t *object, const char *key);
bool ctl_true(const json_t *object, const char *key);

/* Where hotlined is: named in $HOTLINED, beside this program, or where it is installed. False where it is nowhere. */
#define CTL_PATH_SIZE 512
bool ctl_find_core(char out[CTL_PATH_SIZE]);

/* ---- commands -------------------------------------------------------------------------------- */
int cmd_init(struct ctl *ctl, const struct ctl_args *args);
int cmd_status(struct ctl *ctl, const struct ctl_args *args);
int cmd_modem_ussd(struct ctl *ctl, const struct ctl_args *args);
int cmd_modem_probe(struct ctl *ctl, const struct ctl_args *args);
int cmd_modems(struct ctl *ctl, const struct ctl_args *args);
int cmd_queue(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_show(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_claim(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_start(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_reopen(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_merge(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_split(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_relabel(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_refer(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_outcome(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_note(struct ctl *ctl, const struct ctl_args *args);
int cmd_tallies(struct ctl *ctl, const struct ctl_args *args);
int cmd_agencies(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_close(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_ask(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_answers(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_contact(struct ctl *ctl, const struct ctl_args *args);
int cmd_alerts(struct ctl *ctl, const struct ctl_args *args);
int cmd_outbox(struct ctl *ctl, const struct ctl_args *args);
int cmd_alert_drill(struct ctl *ctl, const struct ctl_args *args);
int cmd_alert_drills(struct ctl *ctl, const struct ctl_args *args);
int cmd_send_test(struct ctl *ctl, const struct ctl_args *args);
int cmd_watch(struct ctl *ctl, const struct ctl_args *args);
int cmd_quarantine(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_list(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_show(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_new(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_preview(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_test(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_approve(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_withdraw(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_schedule(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_start(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_pause(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_resume(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_cancel(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_archive(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_progress(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_unknown(struct ctl *ctl, const struct ctl_args *args);
int cmd_person_add(struct ctl *ctl, const struct ctl_args *args);
int cmd_person_remove(struct ctl *ctl, const struct ctl_args *args);
int cmd_person_allow(struct ctl *ctl, const struct ctl_args *args);
int cmd_person_list(struct ctl *ctl, const struct ctl_args *args);
int cmd_audit_list(struct ctl *ctl, const struct ctl_args *args);
int cmd_audit_verify(struct ctl *ctl, const struct ctl_args *args);
int cmd_retention_preview(struct ctl *ctl, const struct ctl_args *args);
int cmd_retention_run(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_hold(struct ctl *ctl, const struct ctl_args *args);
int cmd_backup(struct ctl *ctl, const struct ctl_args *args);
int cmd_restore(struct ctl *ctl, const struct ctl_args *args);
int cmd_case_release(struct ctl *ctl, const struct ctl_args *args);
int cmd_release_list(struct ctl *ctl, const struct ctl_args *args);
int cmd_release_approve(struct ctl *ctl, const struct ctl_args *args);
int cmd_release_refuse(struct ctl *ctl, const struct ctl_args *args);
int cmd_release_show(struct ctl *ctl, const struct ctl_args *args);
int cmd_roster_show(struct ctl *ctl, const struct ctl_args *args);
int cmd_roster_who(struct ctl *ctl, const struct ctl_args *args);
int cmd_roster_override_list(struct ctl *ctl, const struct ctl_args *args);
int cmd_roster_override_add(struct ctl *ctl, const struct ctl_args *args);
int cmd_roster_override_remove(struct ctl *ctl, const struct ctl_args *args);
int cmd_roster_reload(struct ctl *ctl, const struct ctl_args *args);
int cmd_roster_import(struct ctl *ctl, const struct ctl_args *args);
int cmd_roster_export(struct ctl *ctl, const struct ctl_args *args);
int cmd_ussd_check(struct ctl *ctl, const struct ctl_args *args);
int cmd_ussd_sessions(struct ctl *ctl, const struct ctl_args *args);
int cmd_ussd_reload(struct ctl *ctl, const struct ctl_args *args);
int cmd_ussd_play(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_answers(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_sort(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_results(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_export(struct ctl *ctl, const struct ctl_args *args);
int cmd_campaign_activities(struct ctl *ctl, const struct ctl_args *args);
int cmd_contacts_import(struct ctl *ctl, const struct ctl_args *args);
int cmd_contacts_list(struct ctl *ctl, const struct ctl_args *args);
int cmd_contacts_show(struct ctl *ctl, const struct ctl_args *args);
int cmd_contacts_groups(struct ctl *ctl, const struct ctl_args *args);
int cmd_contacts_tag(struct ctl *ctl, const struct ctl_args *args);
int cmd_contacts_optout(struct ctl *ctl, const struct ctl_args *args);
int cmd_contacts_export(struct ctl *ctl, const struct ctl_args *args);
int cmd_rules_reload(struct ctl *ctl, const struct ctl_args *args);
int cmd_rules_check(struct ctl *ctl, const struct ctl_args *args);
int cmd_rules_explain(struct ctl *ctl, const struct ctl_args *args);
int cmd_rules_score(struct ctl *ctl, const struct ctl_args *args);
int cmd_rules_classify(struct ctl *ctl, const struct ctl_args *args);
int cmd_rules_features(struct ctl *ctl, const struct ctl_args *args);

#endif
