/* The commands: a row each. */
#include "ctl/ctl.h"

#define WHOSE "PARTIAL: texts of which parts are missing. OTHERS: other senders who seem to tell of the same. With\n" \
	"--as: the cases of your unit only.\n"
#define TAKEOVER { "takeover", NULL, "from a colleague who works on it; this is on record" }
#define RULES { "rules", "DIR", "the rules, instead of those of the configuration" }

#define CONTACTS_WHO { "district", "NAME", "only of this district; ?: of whom none is known" }, { "group", "NAME", "only of this group" }, \
	{ "language", "mn|en", "only who reads this" }

const struct ctl_command ctl_commands[] = {
	{ "init", "", "Make keys and database, once; prints the recovery key",
		"Runs `hotlined --init` with the same --config. hotlined is looked for in $HOTLINED, beside\n"
		"hotlinectl and where it was installed. What is there already is never touched.\n",
		0, 0, false, CTL_NOBODY, cmd_init, { { NULL, NULL, NULL } } },
	{ "status", "", "How the service is: warnings, modems, counters",
		"With --json: version, uptime_s, database_bytes, warnings, counters (received, stored, duplicates\n"
		"...), outbox by lane and state, alerts by state, modems by name, roster by role.\n",
		0, 0, true, CTL_NOBODY, cmd_status, { { NULL, NULL, NULL } } },
	{ "modems", "", "The modems: state, signal, SIM, counters",
		"Below, for one that failed: what its worker did about it, and how often: escape (out of a prompt), ask\n"
		"(AT), defaults (ATZ), reset (AT+CFUN or the profile's), reopen (its tty), power (its USB port).\n",
		0, 0, true, CTL_NOBODY, cmd_modems, { { NULL, NULL, NULL } } },
	{ "modem ussd", "NAME CODE", "Ask the network by USSD, such as its credit: modem ussd m1 '*100#'",
		"Shows what the network says. Where it waits for an answer, the next line of standard input is given to\n"
		"it; an empty line, the end of input or Ctrl-C cancels (exit code 1). Codes that change the SIM's\n"
		"settings are refused without --force. Put the code in quotes. It is on record, without what stands\n"
		"behind a second *; give vouchers and PINs as an answer where the network lets you: arguments can be\n"
		"seen by others on this machine.\n",
		2, 2, true, CTL_NOBODY, cmd_modem_ussd, { { "force", NULL, "also codes that change forwarding, barring or a PIN" } } },
	{ "modem probe", "[TTY]", "Which modems are there, and are they fit for use? With the mend for what is not",
		"Without TTY: every modem on USB that a profile knows and no worker has. Each is asked whether it answers,\n"
		"what it is, for SIM, PIN, network, signal, service centre, memory, store-and-notify, delivery reports and\n"
		"USSD. Nothing is deleted, sent or tried. Exit code 0: all green; 1: something is red. Runs hotline-modem\n"
		"--probe, which is looked for in $HOTLINE_MODEM, beside hotlinectl and where it was installed.\n",
		0, 1, false, CTL_NOBODY, cmd_modem_probe, { { "root", "DIR", "look below DIR/sys and DIR/dev" } } },
	{ "queue", "", "Cases that wait or are in work: by priority, then by deadline", WHOSE,
		0, 0, true, CTL_NOBODY, cmd_queue, { { "all", NULL, "closed cases too" }, { "aside", NULL, "spam and abuse instead" },
			{ "kind", "KIND", "only these: tip, question, spam, abuse ..." },
			{ "filed", NULL, "answers to campaigns, STOP and START instead" } } },
	{ "case show", "CODE", "One case with its texts",
		"The words that triage went by are marked. Without a person only what is no text is shown. Each\n"
		"look at texts is on record.\n",
		1, 1, true, CTL_MAY, cmd_case_show, { { NULL, NULL, NULL } } },
	{ "case list", "", "The same as queue", WHOSE,
		0, 0, true, CTL_NOBODY, cmd_queue, { { "all", NULL, "closed cases too" }, { "aside", NULL, "spam and abuse instead" },
			{ "kind", "KIND", "only these: tip, question, spam, abuse ..." },
			{ "filed", NULL, "answers to campaigns, STOP and START instead" } } },
	{ "case claim", "CODE", "Make a case yours", "This stops its alert, too.\n",
		1, 1, true, CTL_MUST, cmd_case_claim, { TAKEOVER } },
	{ "case start", "CODE", "Take a case into work", "It becomes yours, if it is not.\n",
		1, 1, true, CTL_MUST, cmd_case_start, { TAKEOVER } },
	{ "case close", "CODE REASON", "Close a case",
		"The reason is resolved, handed-over, no-answer, not-enough, unfounded, not-ours, no-tip or malicious.\n",
		2, 2, true, CTL_MUST, cmd_case_close, { TAKEOVER } },
	{ "case reopen", "CODE", "Open a closed case again; it is yours then", NULL,
		1, 1, true, CTL_MUST, cmd_case_reopen, { { NULL, NULL, NULL } } },
	{ "case relabel", "CODE", "Correct what triage found", "Corrections are counted, so that the rules can be mended; no text is kept.\n",
		1, 1, true, CTL_MUST, cmd_case_relabel, { { "kind", "KIND", "tip, question, thanks, spam, abuse, test, wrong_number ..." },
			{ "exploitation", "WHICH", "none, sex, labour, online, unclear" },
			{ "urgency", "HOW", "none, low, normal, high, emergency" }, { "child", "yes|no", "a minor is mentioned" },
			{ "district", "NAME", "Bayanzurkh ..., or none" } } },
	{ "case refer", "CODE AGENCY", "An agency is told of a case: whom to reach, and what may be said",
		"The system tells nobody by itself. Agencies are those of agencies.conf: hotlinectl agencies.\n",
		2, 2, true, CTL_MUST, cmd_case_refer, { { NULL, NULL, NULL } } },
	{ "case outcome", "CODE OUTCOME", "Record what came of a case",
		"The outcome is investigation-opened, cyber-facilitated, victim-identified, victim-assisted,\n"
		"labour-inspectors (passed to them), unfounded or malicious; a case may have several. Malicious\n"
		"counts when a second person of the unit records the same.\n",
		2, 2, true, CTL_MUST, cmd_case_outcome, { { "withdraw", NULL, "it was recorded by mistake" } } },
	{ "case note", "CODE", "Add a note for colleagues; the note is read from standard input",
		"It is sealed like the texts of the case, and goes to nobody.\n",
		1, 1, true, CTL_MUST, cmd_case_note, { { NULL, NULL, NULL } } },
	{ "case merge", "CODE INTO", "Two cases are one: the texts of CODE join INTO", NULL,
		2, 2, true, CTL_MUST, cmd_case_merge, { { NULL, NULL, NULL } } },
	{ "case split", "CODE TEXTS", "Texts of a case become a case of their own, which is yours",
		"TEXTS are the numbers that `case show` has before them, with commas: 12,15\n",
		2, 2, true, CTL_MUST, cmd_case_split, { { NULL, NULL, NULL } } },
	{ "tallies", "", "How often triage was corrected, and what came of cases: numbers only", NULL,
		0, 0, true, CTL_MUST, cmd_tallies, { { NULL, NULL, NULL } } },
	{ "agencies", "", "Agencies that a case can be referred to, and what each may be told", NULL,
		0, 0, true, CTL_NOBODY, cmd_agencies, { { NULL, NULL, NULL } } },
	{ "case ask", "CODE", "Ask the texter of a case a question",
		"Without --question the text is read from standard input: it is yours alone to answer for, must hold no\n"
		"telephone number, and goes to phones that others may read only with --discreet. Before anything else, and\n"
		"again after some time, the texter is asked whether it is safe to text. The questions:\n"
		"  safe with_you how_many district place when age hurt can_leave moved_soon vehicle call best_time\n",
		1, 1, true, CTL_MUST, cmd_case_ask, { { "question", "KEY", "one of the questions" },
			{ "discreet", NULL, "anybody may read this text" }, { "again", NULL, "ask the open question once more" },
			{ "withdraw", NULL, "ask no more what was not answered" } } },
	{ "case answers", "CODE", "What was asked in a case, and answered", NULL,
		1, 1, true, CTL_MUST, cmd_case_answers, { { NULL, NULL, NULL } } },
	{ "case contact", "CODE", "Whether and when the texter of a case may be texted",
		"Shows it, or sets it: STATE is unknown, reply-ok, discreet or no-reply, HOURS like 18:00-22:30 or always.\n",
		1, 1, true, CTL_MUST, cmd_case_contact, { { "safe", "STATE", "what you know" }, { "hours", "HOURS", "only then" } } },
	{ "alerts", "", "Alerts that nobody has acknowledged", NULL,
		0, 0, true, CTL_NOBODY, cmd_alerts, { { "all", NULL, "acknowledged ones too" } } },
	{ "alert drill", "", "Would an alert be answered? Text a drill to those on duty",
		"Each of them gets a code of their own and answers OK and the code. What became of it: alert drills.\n",
		0, 0, true, CTL_NOBODY, cmd_alert_drill, { { NULL, NULL, NULL } } },
	{ "alert drills", "", "The last drills, and who answered when", NULL,
		0, 0, true, CTL_NOBODY, cmd_alert_drills, { { NULL, NULL, NULL } } },
	{ "outbox", "", "Texts on their way out", NULL,
		0, 0, true, CTL_NOBODY, cmd_outbox, { { "all", NULL, "finished ones too" } } },
	{ "send-test", "NAME", "Send a harmless text to a person of the roster", NULL,
		1, 1, true, CTL_NOBODY, cmd_send_test, { { "by", "CHANNEL", "mail or webhook instead of a text" } } },
	{ "watch", "", "What happens, as it happens, a line each",
		"The first line says that events come from now on. Ends with Ctrl-C, or when the core ends (exit\n"
		"code 3).\n",
		0, 0, true, CTL_NOBODY, cmd_watch, { { NULL, NULL, NULL } } },
	{ "quarantine", "", "What arrived and could not be read", NULL,
		0, 0, true, CTL_MAY, cmd_quarantine, { { NULL, NULL, NULL } } },
	{ "quarantine list", "", "The same as quarantine", NULL,
		0, 0, true, CTL_MAY, cmd_quarantine, { { NULL, NULL, NULL } } },
	{ "campaign new", "FILE", "Make a draft of a campaign from its file; with every mistake told at once",
		"FILE is written like hotlined.conf: docs/campaigns.md explains it; - is standard input.\n",
		1, 1, false, CTL_MUST, cmd_campaign_new, { { "replace", NULL, "instead of the draft of this name" } } },
	{ "campaign list", "", "Campaigns, newest first", NULL,
		0, 0, true, CTL_MUST, cmd_campaign_list, { { "all", NULL, "archived ones too" } } },
	{ "campaign show", "NAME", "A campaign: its texts, their length and short messages, its file", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_show, { { NULL, NULL, NULL } } },
	{ "campaign preview", "NAME", "Whom it will reach, how many short messages, how long, at what cost",
		"Plans a draft anew: the people it shows are those it is sent to, if they may still be texted then.\n",
		1, 1, true, CTL_MUST, cmd_campaign_preview, { { NULL, NULL, NULL } } },
	{ "campaign test", "NAME [WHO]", "Send its first text to somebody of the roster, or to your own phone",
		"WHO is a name of the roster. Without it your number is asked on the terminal (with --password-stdin: a line of standard input); it\n"
		"must have agreed to campaigns.\n",
		1, 2, true, CTL_MUST, cmd_campaign_test, { { "language", "LANGUAGE", "mn (where it is left out), mn-latn or en" },
			{ "district", "NAME", "as if they lived there" } } },
	{ "campaign approve", "NAME", "Approve what the preview showed",
		"With many recipients (campaign_two_above) by somebody else than who made it.\n",
		1, 1, true, CTL_MUST, cmd_campaign_approve, { { NULL, NULL, NULL } } },
	{ "campaign withdraw", "NAME", "Back to a draft, before it started", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_withdraw, { { NULL, NULL, NULL } } },
	{ "campaign schedule", "NAME AT", "Let it start at that time: \"2026-12-24 10:00\", local to the core", NULL,
		2, 2, true, CTL_MUST, cmd_campaign_schedule, { { NULL, NULL, NULL } } },
	{ "campaign start", "NAME", "Start it now; within its hours", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_start, { { NULL, NULL, NULL } } },
	{ "campaign pause", "NAME", "Hold it up until you resume it", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_pause, { { NULL, NULL, NULL } } },
	{ "campaign resume", "NAME", "Let it go on; who may be texted is asked anew for each", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_resume, { { "budget", "AMOUNT", "it may spend so much in all; 0: no cap" } } },
	{ "campaign cancel", "NAME", "End it for good; nobody who was not texted yet is", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_cancel, { { NULL, NULL, NULL } } },
	{ "campaign archive", "NAME", "Put one that is over out of the list; its keyword is free", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_archive, { { NULL, NULL, NULL } } },
	{ "campaign progress", "NAME", "How far it is, how fast, how long it will take", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_progress, { { NULL, NULL, NULL } } },
	{ "campaign answers", "NAME", "Answers that no program could read, for you to sort",
		"Where no words stand they may be a report: officers read them, and coordinators find the code of the case.\n",
		1, 1, true, CTL_MUST, cmd_campaign_answers, { { "words", NULL, "instead: answers to questions that ask for words" } } },
	{ "campaign sort", "NAME ID OPTION", "Say which option such an answer is, or none", NULL,
		3, 3, true, CTL_MUST, cmd_campaign_sort, { { NULL, NULL, NULL } } },
	{ "campaign results", "NAME", "What came of it: by question, district and day", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_results, { { NULL, NULL, NULL } } },
	{ "campaign export", "NAME", "The results as CSV, without numbers of people; it is on record", NULL,
		1, 1, true, CTL_MUST, cmd_campaign_export, { { NULL, NULL, NULL } } },
	{ "campaign activities", "DAY TO", "The Compact's indicators 4.1 and 4.2: districts engaged, activities",
		"Of campaigns that were started from DAY to before TO and reached somebody: 2026-01-01 2027-01-01.\n",
		2, 2, true, CTL_MUST, cmd_campaign_activities, { { NULL, NULL, NULL } } },
	{ "campaign unknown", "NAME", "Whose text may or may not have gone out: it is not sent again",
		"ID is that of hotlinectl contacts.\n",
		1, 1, true, CTL_MUST, cmd_campaign_unknown, { { NULL, NULL, NULL } } },
	{ "contacts import", "FILE", "Take in a list of people who agreed to campaigns, whole or not at all",
		"FILE is CSV (- for standard input), of which the first line names the columns: number, and where they are there district,\n"
		"language (mn, en), script (cyrl, latn), groups (with ; between), consent_source and consent_date; other columns are left alone. Commas,\n"
		"semicolons or tabs; UTF-8, UTF-16 or Windows-1251. Numbers in any notation. A line with an error is named, and nothing is taken then,\n"
		"unless --skip-bad. Who said STOP before stays out.\n",
		1, 1, false, CTL_MUST, cmd_contacts_import, { { "source", "TEXT", "where they agreed, for lines that do not say it" },
			{ "date", "DAY", "when they agreed, likewise: 2026-11-22" }, { "group", "NAME", "all of them are in this group, too" },
			{ "language", "mn|en", "for lines that do not say it" }, { "script", "cyrl|latn", "likewise" },
			{ "skip-bad", NULL, "leave out lines with errors and take the others" } } },
	{ "contacts list", "", "People who agreed to campaigns; numbers are masked", NULL,
		0, 0, true, CTL_MUST, cmd_contacts_list, { CONTACTS_WHO } },
	{ "contacts show", "ID", "One of them", NULL,
		1, 1, true, CTL_MUST, cmd_contacts_show, { { NULL, NULL, NULL } } },
	{ "contacts groups", "", "Groups, and how many are in each", NULL,
		0, 0, true, CTL_MUST, cmd_contacts_groups, { { NULL, NULL, NULL } } },
	{ "contacts tag", "GROUP [ID...]", "Put people into a group", "A group is made by its first member.\n",
		1, 4, true, CTL_MUST, cmd_contacts_tag, { { "remove", NULL, "out of it" }, CONTACTS_WHO } },
	{ "contacts optout", "[ID]", "Somebody told you that they want no campaigns",
		"As if they had texted STOP. With --case: the texter of a case of yours, who wrote it in words that no program takes for STOP.\n",
		0, 1, true, CTL_MUST, cmd_contacts_optout, { { "case", "CODE", "the texter of this case" } } },
	{ "contacts export", "", "The list as CSV without numbers; it is on record", NULL,
		0, 0, true, CTL_MUST, cmd_contacts_export, { CONTACTS_WHO } },
	{ "person add", "NAME --role ROLE", "Add a person who reads cases",
		"Asks for the new person's password (twice), then for what authorises it: the recovery key that\n"
		"init printed, or with --as MEMBER the password of a member of the same unit. With\n"
		"--password-stdin: the first line of standard input is the new password, the second the recovery\n"
		"key or the member's password.\n",
		1, 1, false, CTL_NOBODY, cmd_person_add, { { "role", "ROLE", "officer, coordinator, auditor or outreach" },
			{ "unit", "UNIT", "IND: gets conflicts of interest; otherwise by the role" } } },
	{ "person remove", "NAME", "Somebody leaves: they are logged out and can read no case any more",
		"Asks for the recovery key, so that nobody with a login can shut out the others. What they recorded stays\n"
		"under their name, which nobody else gets. Take their cases over, and take them out of the roster.\n",
		1, 1, true, CTL_NOBODY, cmd_person_remove, { { NULL, NULL, NULL } } },
	{ "person allow", "NAME", "Let a colleague read on who has opened as many texts as they may",
		"A person may open so many different texts within an hour and a day (read_officer_hour and so on). Ask them\n"
		"why first: that somebody reads very many is how a traitor is noticed. A coordinator, or a colleague of the\n"
		"same unit, allows it; it is on record.\n",
		1, 1, true, CTL_MUST, cmd_person_allow, { { NULL, NULL, NULL } } },
	{ "person list", "", "People who read cases", NULL,
		0, 0, true, CTL_NOBODY, cmd_person_list, { { NULL, NULL, NULL } } },
	{ "audit", "", "The audit trail, newest first",
		"The last 100 entries, or with --all the last 5000; --before goes further back.\n",
		0, 0, true, CTL_MUST, cmd_audit_list, { { "all", NULL, "many, not the last 100" },
			{ "before", "ID", "entries before this one" } } },
	{ "audit verify", "", "Check that nobody changed the audit trail", "Exit code 1 where it was changed. Note the number of entries and the head on paper or in another\n"
		"place from time to time: with --noted it is checked that the trail still leads through there.\n",
		0, 0, true, CTL_NOBODY, cmd_audit_verify, { { "noted", "ENTRIES:HEAD", "what it said before" } } },
	{ "backup", "FILE", "Write a backup of the database to FILE, while everything runs",
		"Where FILE is a folder, the file in it is named after the time. It is sealed: only the recovery key\n"
		"opens it. It is written whole or not at all, read back, and never over another. The keyring folder\n"
		"is not in it, so that what was erased stays erased: copy that folder on its own, and delete in the\n"
		"copy what was deleted in it.\n",
		1, 1, true, CTL_NOBODY, cmd_backup, { { NULL, NULL, NULL } } },
	{ "restore", "FILE", "Make the database from a backup, where the core is stopped and there is none",
		"Runs `hotlined --restore` with the same --config, as the user that hotlined runs as. Asks for the\n"
		"recovery key (with --password-stdin: a line of standard input). Checks version, every page, the\n"
		"keys and the audit trail before the database gets its name; one that is there is never touched.\n",
		1, 1, false, CTL_NOBODY, cmd_restore, { { NULL, NULL, NULL } } },
	{ "case hold", "CODE on|off", "Legal hold: keep a case from being erased (coordinators)", NULL,
		2, 2, true, CTL_MUST, cmd_case_hold, { { NULL, NULL, NULL } } },
	{ "case release", "CODE", "Ask for the phone number of a case; another person decides",
		"Without --reason it is asked on the terminal, which other users of this machine cannot see.\n",
		1, 1, true, CTL_MUST, cmd_case_release, { { "reason", "TEXT", "why; no names, no numbers: it is kept" } } },
	{ "release list", "", "Requests to open a number", NULL,
		0, 0, true, CTL_MUST, cmd_release_list, { { NULL, NULL, NULL } } },
	{ "release approve", "ID", "Approve a request of somebody else",
		"A coordinator, or another officer of the unit that has the case. Never who asked.\n",
		1, 1, true, CTL_MUST, cmd_release_approve, { { NULL, NULL, NULL } } },
	{ "release refuse", "ID", "Refuse it", NULL,
		1, 1, true, CTL_MUST, cmd_release_refuse, { { NULL, NULL, NULL } } },
	{ "release show", "ID", "See the number: once, by who asked, after another approved", NULL,
		1, 1, true, CTL_MUST, cmd_release_show, { { NULL, NULL, NULL } } },
	{ "retention preview", "", "What the next run erases, and what is due soon",
		"Shows cases only of units that may be known to who asks.\n",
		0, 0, true, CTL_MAY, cmd_retention_preview, { { NULL, NULL, NULL } } },
	{ "retention run", "", "Erase what has been kept long enough; a timer does it daily",
		"In small steps between the core's turns: texts that arrive are not delayed. What is erased cannot\n"
		"be brought back. Refused where the clock is far from when it ran before: a wrong clock would\n"
		"erase what must stay.\n",
		0, 0, true, CTL_NOBODY, cmd_retention_run, { { "believe-clock", NULL, "the date is right, however long ago the last run was" } } },
	{ "roster show", "", "People, rotations, overrides, swaps asked; gaps and double cover of the next 30 days",
		"Times are local to the core (time_zone).\n",
		0, 0, true, CTL_NOBODY, cmd_roster_show, { { NULL, NULL, NULL } } },
	{ "roster who", "", "Who is on duty, by unit", NULL,
		0, 0, true, CTL_NOBODY, cmd_roster_who, { { "at", "TIME", "then, such as \"2026-12-24 08:00\", instead of now" } } },
	{ "roster override list", "", "Who is on duty instead of the rotations, and when", NULL,
		0, 0, true, CTL_NOBODY, cmd_roster_override_list, { { NULL, NULL, NULL } } },
	{ "roster override add", "[NAME...]", "Put people on duty instead, for a time",
		"Up to four people; they are on duty together. Of several overrides the one made last decides. For\n"
		"people of the unit, and for coordinators; on record.\n",
		0, 4, true, CTL_MUST, cmd_roster_override_add, { { "from", "TIME", "such as \"2026-12-24 08:00\"; without: now" },
			{ "to", "TIME", "until then; must be given" }, { "unit", "UNIT", "ATPU where it is left out" },
			{ "rotation", "ROTATION", "this one only, instead of all of the unit" }, { "nobody", NULL, "nobody is on duty" } } },
	{ "roster override remove", "ID", "End an override", NULL,
		1, 1, true, CTL_MUST, cmd_roster_override_remove, { { NULL, NULL, NULL } } },
	{ "roster reload", "", "Let the core read the roster file again, now",
		"It looks by itself every few seconds. With an error anywhere the old roster stays, every error is told\n"
		"with file and line, and the exit code is 1.\n",
		0, 0, true, CTL_MAY, cmd_roster_reload, { { NULL, NULL, NULL } } },
	{ "roster import", "[FILE]", "Use this roster from now on, instead of the file (coordinators)",
		"FILE is written as roster.conf; - is standard input. It is checked like the file, taken whole or refused\n"
		"whole, and kept sealed in the database. --file goes back to the file.\n",
		0, 1, true, CTL_MUST, cmd_roster_import, { { "file", NULL, "use the file of the configuration again" } } },
	{ "roster export", "", "The shifts to come, a line each; names only",
		"Columns set apart by tabs: from, to, unit, rotation, people. With --ical a calendar (RFC 5545) whose\n"
		"events keep their identity from export to export.\n",
		0, 0, true, CTL_NOBODY, cmd_roster_export, { { "ical", NULL, "as an iCalendar" }, { "days", "N", "how far; 30 where it is left out" } } },
	{ "ussd check", "[FILE]", "Check the menu (ussd.conf); needs no core",
		"Every node must be reached, have its texts in each language, and fit the screen of each transport.\n",
		0, 1, false, CTL_NOBODY, cmd_ussd_check, { { NULL, NULL, NULL } } },
	{ "ussd play", "[FILE]", "Walk through the menu in the terminal; needs no core",
		"A line of input is what a person would type. In brackets: what an answer would do, and how long the\n"
		"screen is. Nothing is sent or stored.\n",
		0, 1, false, CTL_NOBODY, cmd_ussd_play, { { "transport", "NAME", "its screens, such as sms; default where it is left out" } } },
	{ "ussd sessions", "", "Who is in the menu just now: by what way, how far; no numbers, no answers", NULL,
		0, 0, true, CTL_MAY, cmd_ussd_sessions, { { NULL, NULL, NULL } } },
	{ "ussd reload", "", "Let the core read the menu again",
		"With an error the old menu stays, every error is told with file and line, and the exit code is 1.\n",
		0, 0, true, CTL_MAY, cmd_ussd_reload, { { NULL, NULL, NULL } } },
	{ "rules reload", "", "Let the core read the triage rules again",
		"With an error in any file the old rules stay in force, every error is told with file and line,\n"
		"and the exit code is 1. hotlinectl rules check tells the same without touching the core.\n",
		0, 0, true, CTL_MAY, cmd_rules_reload, { { NULL, NULL, NULL } } },
	{ "rules check", "", "Check the triage rules; needs no core", NULL,
		0, 0, false, CTL_NOBODY, cmd_rules_check, { RULES } },
	{ "rules explain", "[TEXT]", "What triage makes of a text, and why; needs no core",
		"The text is read from standard input where it is no argument. An argument can be seen by others on\n"
		"this machine: give real messages on standard input only.\n",
		0, 1, false, CTL_NOBODY, cmd_rules_explain, { RULES } },
	{ "rules score", "FILE", "Compare triage with labels that people gave; needs no core",
		"FILE has a line a message, columns set apart by tabs: id, script, text, kind, exploitation,\n"
		"urgency, child (yes, no), district, and perhaps a note; the first line is their titles. Lists\n"
		"what differs, then how much is right, then a confusion matrix for each label and script.\n",
		1, 1, false, CTL_NOBODY, cmd_rules_score, { RULES } },
	{ "rules classify", "", "Verdicts on the lines of standard input; needs no core",
		"A line of output for each line of input, set apart by tabs: kind, exploitation, urgency, child\n"
		"(yes, no), district (none where none is named), score, cues (- where none fired); JSON with --json.\n",
		0, 0, false, CTL_NOBODY, cmd_rules_classify, { RULES } },
	{ "rules features", "", "What weights can be learned for, of the lines of standard input; needs no core",
		"For tools/learn-weights: a line of output for each line of input, names set apart by blanks: pieces of words\n"
		"(_abc), words (=word), neighbours (=one=two) and facts (@asks).\n",
		0, 0, false, CTL_NOBODY, cmd_rules_features, { RULES } },
};

const size_t ctl_command_count = sizeof(ctl_commands) / sizeof(*ctl_commands);
