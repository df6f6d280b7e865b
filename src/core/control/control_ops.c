/* The requests of the control socket: a row each. Texts and keys are behind a session whatever stands here:
 * case.show opens a text only with the key of the session's unit. */
#include "core/control/control.h"

const struct control_op control_ops[] = {
	{ "status", control_status, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "watch", control_watch, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "modems", control_modems, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "modem.ussd", control_modem_ussd, CONTROL_ANYBODY, true, CONTROL_AUDITED },
	{ "case.list", control_case_list, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "case.show", control_case_show, CONTROL_ANYBODY, false, CONTROL_AUDITED_TEXTS }, /* begins a turn itself where it opens a text */
	{ "case.claim", control_case_claim, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.start", control_case_start, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.reopen", control_case_reopen, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.relabel", control_case_relabel, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.refer", control_case_refer, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.outcome", control_case_outcome, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.note", control_case_note, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.merge", control_case_merge, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.split", control_case_split, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "tally.list", control_tally_list, CONTROL_PEOPLE, false, CONTROL_UNAUDITED },
	{ "agency.list", control_agency_list, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "case.close", control_case_close, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.ask", control_case_ask, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.remind", control_case_remind, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.unask", control_case_unask, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "case.answers", control_case_answers, CONTROL_CASEWORK, true, CONTROL_AUDITED_TEXTS },
	{ "case.contact", control_case_contact, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "quarantine.list", control_quarantine_list, CONTROL_ANYBODY, false, CONTROL_AUDITED_TEXTS }, /* likewise */
	{ "alert.list", control_alert_list, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "outbox.list", control_outbox_list, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "drill.start", control_drill_start, CONTROL_ANYBODY, true, CONTROL_AUDITED },
	{ "drill.list", control_drill_list, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "send.test", control_send_test, CONTROL_ANYBODY, true, CONTROL_AUDITED },
	{ "login", control_login, CONTROL_EVERYBODY, true, CONTROL_AUDITED },
	{ "logout", control_logout, CONTROL_EVERYBODY, true, CONTROL_AUDITED },
	{ "contacts.import.begin", control_contacts_import_begin, CONTROL_OUTREACH, true, CONTROL_UNAUDITED }, /* staged: nobody's yet */
	{ "contacts.import.lines", control_contacts_import_lines, CONTROL_OUTREACH, true, CONTROL_UNAUDITED },
	{ "contacts.import.commit", control_contacts_import_commit, CONTROL_OUTREACH, true, CONTROL_AUDITED },
	{ "contacts.import.drop", control_contacts_import_drop, CONTROL_OUTREACH, true, CONTROL_UNAUDITED },
	{ "contacts.import.wait", control_contacts_import_wait, CONTROL_OUTREACH, false, CONTROL_UNAUDITED },
	{ "contacts.list", control_contacts_list, CONTROL_OUTREACH, false, CONTROL_UNAUDITED },
	{ "contacts.show", control_contacts_show, CONTROL_OUTREACH, false, CONTROL_UNAUDITED },
	{ "contacts.groups", control_contacts_groups, CONTROL_OUTREACH, false, CONTROL_UNAUDITED },
	{ "contacts.tag", control_contacts_tag, CONTROL_OUTREACH, true, CONTROL_AUDITED },
	{ "contacts.optout", control_contacts_optout, CONTROL_CASEWORK | CONTROL_OUTREACH, true, CONTROL_AUDITED },
	{ "contacts.export", control_contacts_export, CONTROL_OUTREACH, true, CONTROL_AUDITED }, /* that somebody takes the list along */
	{ "person.add", control_person_add, CONTROL_ANYBODY, true, CONTROL_AUDITED }, /* authorised by a key or password of its own */
	{ "person.allow", control_person_allow, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "person.list", control_person_list, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "case.hold", control_case_hold, 1u << PERSON_COORDINATOR, true, CONTROL_AUDITED },
	{ "retention.preview", control_retention_preview, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "retention.run", control_retention_run, CONTROL_ANYBODY, false, CONTROL_AUDITED }, /* turns of its own */
	{ "backup.start", control_backup_start, CONTROL_ANYBODY, false, CONTROL_AUDITED }, /* begins a turn once it has begun */
	{ "backup.read", control_backup_read, CONTROL_ANYBODY, false, CONTROL_UNAUDITED }, /* of what backup.start began */
	{ "release.ask", control_release_ask, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "release.list", control_release_list, CONTROL_PEOPLE, false, CONTROL_UNAUDITED },
	{ "release.approve", control_release_approve, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "release.refuse", control_release_refuse, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "release.show", control_release_show, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "rules.reload", control_rules_reload, CONTROL_ANYBODY, true, CONTROL_AUDITED },
	{ "roster.show", control_roster_show, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "roster.who", control_roster_who, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "roster.spans", control_roster_spans, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "roster.override.add", control_roster_override_add, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "roster.override.remove", control_roster_override_remove, CONTROL_CASEWORK, true, CONTROL_AUDITED },
	{ "roster.reload", control_roster_reload, CONTROL_ANYBODY, true, CONTROL_AUDITED },
	{ "roster.import", control_roster_import, 1u << PERSON_COORDINATOR, true, CONTROL_AUDITED },
	{ "audit.list", control_audit_list, CONTROL_PEOPLE, false, CONTROL_UNAUDITED },
	{ "audit.verify", control_audit_verify, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ NULL, NULL, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
};
