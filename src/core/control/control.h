/* The control socket: one JSON request a line, {"op":"case.show","code":"1234567"}, and one JSON answer a line,
 * {"ok":true,...} or {"ok":false,"error":"...","code":"not found"}; an "id" in the request stands in its answer too. A
 * request is a row of the table in core/ops/ops.c and a function in the room it is about. A phone number leaves
 * here only by release.show, and a text only by case.show to a session that may open it; a wrong request harms nobody else.
 * A "token" in a request that changes something (16 to 64 random letters and digits) makes it safe to repeat for an hour, where the
 * answer was lost with the connection: it is not done again, and answered as the first time, with "again": true (once.h).
 *
 *   op               request besides "op"       answer besides "ok" (*_ms: wall time since 1970; 0 or absent: not yet)
 *   status           -                          version uptime_s database_bytes counters{} outbox{lane{state}}
 *                                               alerts{state} modems{name{}} roster{officers,coordinators,operators}
 *                                               warnings[]
 *   watch            -                          then one line an event for ever: {"event":"modem","time_ms":...,...}
 *   case.list        all: closed ones too,      cases[case] open more filed (how many, 10000 at most)
 *                    aside: spam and abuse,
 *                    filed: nobody's work,
 *                    kind: only of this
 *                    after: id
 *   case.show        code, after: message id    case messages[message] more links[] outcomes[] referrals[]
 *   case.claim       code, takeover: from       case
 *                    whoever works on it
 *   case.start       code, takeover             case
 *   case.close       code reason, takeover      case
 *   case.reopen      code                       case
 *   case.relabel     code, any of kind          case
 *                    exploitation urgency
 *                    child (yes, no) district
 *   case.refer       code agency                case agency{name title contact channel tell[]} tell{} already
 *   case.outcome     code outcome, withdraw     case waits
 *   case.note        code text                  case
 *   case.merge       code into                  case more: ask again
 *   case.split       code messages[id]          case, the new one
 *   tally.list       -                          tallies[{topic (relabel, outcome, referral, channel) key value}] more
 *   agency.list      -                          agencies[{name title contact channel tell[]}]
 *   case.ask         code question or text,      question{number name state reply_code by asked_ms sent_ms answered_ms
 *                    discreet: of a text         text_state why} units parts (of a text)
 *   case.remind      code                       -
 *   case.unask       code                       withdrawn
 *   case.answers     code after: number         questions[question and text answer value] more
 *   case.contact     code safety hours          contact{safety fresh hours asked_for_silence unanswered answerable}
 *   quarantine.list  before: id                 quarantine[{id modem time_ms reason seen_ms raw}] more
 *   modems           -                          modems[{name connected ready reserved state detail told_ms operator
 *                                               model signal sim_used sim_total received refused sent failed unknown
 *                                               resets timeouts urcs_lost balance{amount currency told_ms low
 *                                               below_floor}}]
 *   alert.list       all: acknowledged ones too alerts[{id code state urgency district step due_s created_ms
 *                                               acknowledged_ms acknowledged_by}]
 *   modem.ussd       name code, force: codes    session state text why dcs (state "open": the network waits for an answer)
 *                    that change settings, too
 *                    session text: an answer    likewise
 *                    session cancel             -
 *   outbox.list      all: finished ones too     outbox[{id lane purpose state code recipient modem attempts created_ms
 *                                               updated_ms error why}]
 *   send.test        name (of the roster), channel?  id
 *   login            person password            name role unit
 *   logout           -                          -
 *   campaign.list    all: archived ones too,    campaigns[campaign] more
 *                    after: id
 *   campaign.new     text (of its file), file,  taken campaign, or where not taken: count errors[text]
 *                    replace: a draft
 *   campaign.show    name                       campaign texts[{what language text units parts coding forced_by}] definition
 *   campaign.preview name; plans a draft anew   campaign texts recipients parts cost currency takes_s two_people least
 *                                               operators[{operator recipients parts cost}] districts[likewise]
 *                                               left_out[{reason people}]
 *   campaign.test    name, to (of the roster)   id text
 *                    or number (of somebody who agreed), language, district
 *   campaign.approve name; withdraw, start,     campaign
 *                    pause, cancel, archive likewise
 *   campaign.schedule name at: local date, time campaign
 *   campaign.resume  name, budget               campaign
 *   campaign.progress name                      campaign total left per_hour left_s (-1: not known) currency
 *   campaign.answers name, words: those that     answers[{id question district time_ms late words code}] more
 *                    were asked for, after: id
 *   campaign.sort    name answer option: a key   -
 *                    of the question, or none
 *   campaign.results name                       campaign total{} questions[{question options[{option label right answers}] words
 *                                               unread none}] districts[{district ...}] days[{day ...}] tip_days
 *   campaign.rows    name, after: id            rows[{id day district what question option n}] more
 *   campaign.activities from to: local days     activities districts_engaged target_districts_engaged districts[]
 *   campaign.unknown name, after: id            recipients[{id outbox district operator modem updated_ms why}] more
 *   person.add       name role unit password,   name role unit
 *                    and recovery or as as_password
 *   person.remove    name recovery                -
 *   person.allow     name: may read on                -
 *   person.list      -                          people[{name role unit created_ms removed_ms}]
 *   case.hold        code on: true, false       code held
 *   retention.preview -                         erase{class} soon{class} held warn_days cases[{code unit class now since_ms}] more
 *   retention.run    believe_clock              the same of what was done; keys moved; unfinished: ask again
 *   backup.start     -                          backup: its number
 *   backup.read      backup                     backup copied total checking; once it is checked: data (hexadecimal) last
 *   release.ask      code reason                release{id code state requester decider reason asked_ms expires_ms}
 *   release.list     -                          releases[release] more
 *   release.approve  release: its id            release; refuse likewise
 *   release.show     release: its id            code number: once, to who asked
 *   contacts.import.begin  source date: of   import: its number
 *                    the consent, language
 *                    script groups[] skip_bad
 *   contacts.import.lines  import, lines[[    staged bad errors[{line error}]
 *                    line number district language
 *                    script groups source date]]
 *   contacts.import.commit  import           -; then contacts.import.wait tells; likewise contacts.import.drop: nothing of it
 *   contacts.import.wait  import             state (applying, done, dropped) staged applied added changed doubled stopped
 *   contacts.list    after: id, district       contacts[contact], more and after: where to go on; maybe none is of this page
 *                    group language
 *   contacts.show    contact: its id           contact stopped_ms
 *   contacts.groups  after: id                 groups[{id name members}] more
 *   contacts.tag     group contacts[ids],      changed
 *                    remove
 *   contacts.optout  contact, or code: of a    already
 *                    case whose texter asked
 *   contacts.export  -                         -: says that the list is taken along; contacts.list gives it
 *   rules.reload     -                          loaded stems, or where not loaded: count errors[text]; the old stay
 *   roster.show      -                          people[{name role unit language quiet}] rotations[{name unit shift people[] now[]}]
 *                                               overrides[{id rotation unit people[] from to}] gaps[{unit from to}] double[likewise]
 *                                               swaps[{asker taker unit rotation from to until}]
 *                                               source (file, import) imported_by warnings[]
 *   roster.who       at: local date and time    at units[{unit people[] rotations until}]
 *   roster.spans     days; after_rotation       spans[{rotation unit people[] from to}]; more after_rotation after_ms
 *                    after_ms: to go on
 *   roster.override.add  people[names] to,      override: its id; unit
 *                    from, unit or rotation
 *   roster.override.remove  override: its id    -
 *   roster.reload    -                          taken, or where not taken: count errors[text]; the old one stays
 *   roster.import    text, or file: true        likewise
 *   ussd.sessions    after: id, to go on        sessions[{id transport menu step answers code started_ms updated_ms}] more, open, menu:
 *                                               the version in force
 *   ussd.reload      -                          taken, version; or where not taken: count errors[text]; the old menu stays
 *   audit.list       after: id, to go on        audit[{id time_ms actor action object detail}] more, newest first
 *   audit.verify     rows, head: noted before   rows head good bad_id wrong
 *
 *   case     {id code state kind exploitation urgency child district khoroo owner unit messages partial corroboration
 *            waits_for due_ms overdue reason merged_into opened_ms updated_ms alerted_ms acknowledged_ms action_ms
 *            closed_ms reopened_ms}; a case of another unit is answered as if it did not exist
 *   contact  {id number (masked) state (ok, opted out, no consent) language script district groups source consent joined}
 *   campaign {name kind state why made_by approved_by planned recipients{state} made_ms approved_ms start_ms started_ms finished_ms
 *            expires_ms answers_until_ms spent budget}
 *   message  {id direction ("in", "out", "note") author other_phone time_ms sent_at modem kind exploitation urgency child district score damaged
 *            parts parts_missing text cut cues[{stem category weight start end}]}; start and end in octets of text;
 *            question (number), answer{question value} and related (a code) where there are;
 *            text and cues only for a session of the case's unit, "locked" tells why they are absent: also where the person
 *            has opened as many as they may (core/case/reading.h) */
#ifndef HL_CORE_CONTROL_CONTROL_H
#define HL_CORE_CONTROL_CONTROL_H

#include <jansson.h>
#include <stdbool.h>

#include "core/control/once.h"
#include "core/core.h"
#include "core/people/session.h"

#define CONTROL_CONNECTIONS_MAX 64
#define CONTROL_RESERVED 8                  /* of all, kept for root and our own, whatever others do together */
#define CONTROL_USER_CONNECTIONS_MAX 16     /* of one user that is neither root nor our own */
#define CONTROL_BACKLOG_MAX (1u << 20)      /* octets waiting for a peer that does not read */
#define CONTROL_IN_FLIGHT_MAX 16  /* requests of one connection without an answer yet */

struct control;

struct control_op;

/* Serves fd (from systemd or wire_listen()), which it takes over, by the table ops, which must outlive it. NULL with the
 * reason where the configuration's control_group does not exist. */
struct control *control_new(struct core *core, int fd, const struct control_op *ops, struct hl_reason *reason);
void control_free(struct control *c);

/* Seconds since control_new(). */
int64_t control_uptime_s(const struct control *c);

/* One request under way. A handler answers it with control_ok() or control_fail(), now or later (after a password
 * check in a thread), exactly once. Requests that write run inside a turn and are answered after its commit. */
struct control_call {
	struct core *core;
	struct session *session;   /* while the handler runs; afterwards see control_session() */
	const json_t *request;     /* until it is answered */
	/* private to control.c below */
	void *connection;
	uint64_t serial;
	bool writes, kept, *settled;
	struct once once;
};

typedef void (*control_handler)(struct control_call *call);

/* Takes over body, an object (may be NULL). In a writing request, and in any while a turn is open, the answer leaves
 * after the commit; if the turn aborts, an error leaves. A handler that writes later than it was called calls
 * turn_begin() itself first. */
void control_ok(struct control_call *call, json_t *body);
void control_fail(struct control_call *call, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* What was answered before, for a request that is repeated. Takes over the answer. */
void control_again(struct control_call *call, json_t *answer);

/* To answer later: keep a copy made by control_keep() (freed by answering it) and leave the handler without
 * answering the first; the connection may be gone by then, which is fine. */
struct control_call *control_keep(struct control_call *call);

/* The session of a kept call; NULL where its connection is gone. */
struct session *control_session(const struct control_call *call);

/* Every connection of this person is nobody's from now on. */
void control_end_sessions(struct core *core, const char *name);

/* Who asks, for the audit trail: the session's person, else "operator" (somebody with the right to the socket). */
const char *control_actor(const struct control_call *call);

/* The text of a field of the request, NULL where it is absent or no text. */
const char *control_text(const struct control_call *call, const char *field);
/* The same, which must be there with 1 to max octets; otherwise it answers with an error and returns NULL. */
const char *control_need(struct control_call *call, const char *field, size_t max);

/* Tells every `watch`er after the commit (at once where no turn is open); body is taken over. No numbers, no texts:
 * code, priority, district, names of the roster. Nothing where core->control is NULL. */
void control_event(struct core *core, const char *event, json_t *body);

/* Whether anybody watches: else an event need not be made. */
bool control_watched(const struct core *core);

/* The same about a case of this unit: for those watchers only who may know of its cases (case_filter()). */
void control_event_for(struct core *core, int64_t unit_id, const char *event, json_t *body);

/* ---- the table of requests (core/ops/ops.c) -------------------------------------------------- */

/* Who may ask: bits by enum person_role. Everybody on the socket is a member of its group, root or the service
 * itself. Outreach teams ask for what their rows name and for nothing else: never for a case, an alert or what came in. */
#define CONTROL_ANYBODY (1u << PERSON_NONE | 1u << PERSON_OFFICER | 1u << PERSON_COORDINATOR | 1u << PERSON_AUDITOR)
#define CONTROL_EVERYBODY (CONTROL_ANYBODY | 1u << PERSON_OUTREACH)
#define CONTROL_OUTREACH (1u << PERSON_OUTREACH | 1u << PERSON_COORDINATOR)
#define CONTROL_CASEWORK (1u << PERSON_OFFICER | 1u << PERSON_COORDINATOR)
#define CONTROL_PEOPLE (CONTROL_CASEWORK | 1u << PERSON_AUDITOR)

/* Whether what it does is on record: each row must say, and tests/integration/test_audit.py asks each that says yes. */
enum control_audited {
	CONTROL_UNAUDITED = 1, /* changes nothing, and shows nothing that somebody must answer for */
	CONTROL_AUDITED,       /* its handler writes an entry, also of a refusal where that tells something */
	CONTROL_AUDITED_TEXTS  /* the same where it opens texts to this session */
};

struct control_op {
	const char *name; /* NULL ends the table */
	control_handler handler;
	unsigned roles;   /* CONTROL_... or the roles that may */
	bool writes;
	enum control_audited audited;
};

/* ---- handlers, by the room that has them: the table names them, and nobody else calls them ---- */
void control_status(struct control_call *call);       /* core/ops/status.c */
void control_watch(struct control_call *call);        /* control_answer.c */
void control_case_list(struct control_call *call);    /* queue: intake side (core/case/) */
void control_case_show(struct control_call *call);
void control_case_claim(struct control_call *call);
void control_case_start(struct control_call *call);
void control_case_close(struct control_call *call);
void control_case_reopen(struct control_call *call);
void control_case_relabel(struct control_call *call);
void control_case_refer(struct control_call *call);
void control_case_outcome(struct control_call *call);
void control_case_note(struct control_call *call);
void control_case_merge(struct control_call *call);
void control_case_split(struct control_call *call);
void control_tally_list(struct control_call *call);
void control_agency_list(struct control_call *call);
void control_case_ask(struct control_call *call);      /* dialogue side */
void control_case_remind(struct control_call *call);
void control_case_unask(struct control_call *call);
void control_case_answers(struct control_call *call);
void control_case_contact(struct control_call *call);
void control_quarantine_list(struct control_call *call);
void control_modems(struct control_call *call);       /* service side */
void control_alert_list(struct control_call *call);   /* alert side */
void control_outbox_list(struct control_call *call);  /* dispatch side */
void control_outbox_counts(struct core *core, json_t *status);  /* adds "outbox": lane -> state -> count */
void control_alert_counts(struct core *core, json_t *status);   /* adds "alerts": state -> count */
void control_modem_counts(struct core *core, json_t *status);   /* adds "modems": name -> state and counters */
void control_drill_start(struct control_call *call);  /* core/report/ */
void control_drill_list(struct control_call *call);
void control_send_test(struct control_call *call);    /* dispatch side: to a name of the roster */
void control_login(struct control_call *call);        /* control_login.c */
void control_logout(struct control_call *call);
void control_campaign_list(struct control_call *call); /* core/campaign/ */
void control_campaign_show(struct control_call *call);
void control_campaign_new(struct control_call *call);
void control_campaign_preview(struct control_call *call);
void control_campaign_test(struct control_call *call);
void control_campaign_approve(struct control_call *call);
void control_campaign_withdraw(struct control_call *call);
void control_campaign_schedule(struct control_call *call);
void control_campaign_start(struct control_call *call);
void control_campaign_pause(struct control_call *call);
void control_campaign_resume(struct control_call *call);
void control_campaign_cancel(struct control_call *call);
void control_campaign_archive(struct control_call *call);
void control_campaign_progress(struct control_call *call);
void control_campaign_unknown(struct control_call *call);
void control_person_add(struct control_call *call);
void control_person_list(struct control_call *call);
void control_person_remove(struct control_call *call);
void control_person_allow(struct control_call *call);
void control_case_hold(struct control_call *call);    /* core/retention/ */
void control_retention_preview(struct control_call *call);
void control_retention_run(struct control_call *call);
void control_backup_start(struct control_call *call); /* core/backup/ */
void control_backup_read(struct control_call *call);
void control_campaign_answers(struct control_call *call);
void control_campaign_sort(struct control_call *call);
void control_campaign_results(struct control_call *call);
void control_campaign_rows(struct control_call *call);
void control_campaign_activities(struct control_call *call);
void control_contacts_import_begin(struct control_call *call); /* core/contacts/ */
void control_contacts_import_lines(struct control_call *call);
void control_contacts_import_commit(struct control_call *call);
void control_contacts_import_drop(struct control_call *call);
void control_contacts_import_wait(struct control_call *call);
void control_contacts_list(struct control_call *call);
void control_contacts_show(struct control_call *call);
void control_contacts_groups(struct control_call *call);
void control_contacts_tag(struct control_call *call);
void control_contacts_optout(struct control_call *call);
void control_contacts_export(struct control_call *call);
void control_release_ask(struct control_call *call);  /* core/oversight/release_control.c */
void control_release_list(struct control_call *call);
void control_release_approve(struct control_call *call);
void control_release_refuse(struct control_call *call);
void control_release_show(struct control_call *call);
void control_rules_reload(struct control_call *call); /* core/ops/ */
void control_roster_show(struct control_call *call);  /* core/duty/ */
void control_roster_who(struct control_call *call);
void control_roster_spans(struct control_call *call);
void control_roster_override_add(struct control_call *call);
void control_roster_override_remove(struct control_call *call);
void control_roster_reload(struct control_call *call);
void control_roster_import(struct control_call *call);
void control_audit_list(struct control_call *call);
void control_modem_ussd(struct control_call *call);   /* service side */
void control_ussd_sessions(struct control_call *call); /* core/ussd/ */
void control_ussd_reload(struct control_call *call);
void control_audit_verify(struct control_call *call);

#endif
