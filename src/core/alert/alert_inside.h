/* What the files of this room share; no other file includes it. */
#ifndef HL_CORE_ALERT_ALERT_INSIDE_H
#define HL_CORE_ALERT_ALERT_INSIDE_H

#include "core/alert/alert.h"
#include "core/alert/policy.h"
#include "core/config/wording.h"
#include "core/roster/roster.h"
#include "store/alert.h"
#include "store/outbox.h"

struct alert_ledger { int64_t counts[ALERT_STATES], exhausted; };

/* Answers to a person that changed nothing, since from_boot_ms: their phone may answer by itself, or their number be forged. */
#define ALERT_IDLE_ANSWERS_MOST 10
#define ALERT_IDLE_ANSWERS_MS (60 * 60 * 1000)
struct alert_idle { int64_t from_boot_ms; int count; bool helped; int64_t help_boot_ms; char name[64]; };

/* How many codes a person has (ack_code.h), so that not every alert counts them; counted again where name is another's. */
struct alert_codes { size_t count; char name[64]; };

/* Who is told of a case now, in the order of ringing: officers, then coordinators. */
struct alert_people {
	struct alert_rules rules;
	const struct roster_person *chain[ROSTER_MAX];
};

struct alerts {
	struct core *core;
	struct alert_people people;                    /* the answer to the last question: good until the next one */
	int64_t apart_unit;                            /* id of the unit that gets conflicts of interest; 0: no unit is independent */
	struct alert_ledger now, sure;                 /* with the open turn, and without it */
	bool resumed;                                  /* what start does to the rows is on disk */
	bool resuming;                                 /* it is in the open turn */
	int64_t told_nobody_ms;                        /* boot time when the log last said that nobody is on duty */
	struct alert_idle idle[ROSTER_MAX];            /* by place in the roster, with the name that it is of; forgotten with a restart */
	struct alert_codes codes[ROSTER_MAX];          /* by place in the roster */
	int64_t codes_swept_ms;                        /* boot time when codes that are good no more were last forgotten */
	struct event *timer;                           /* the next deadline */
	enum { SIREN_UNKNOWN, SIREN_OFF, SIREN_ON } siren; /* what its file says */
};

/* Whom a case is for; nobody else is told of it, and nobody else's command is understood. */
const struct alert_people *alert_people_of(const struct core *core, const struct case_row *row);
/* The same at a step of an alert: chain[step] is who is to ring. rang: the step has rung, and chain[step] is who was. */
const struct alert_people *alert_people_at(const struct core *core, const struct case_row *row, int64_t alert_id, int64_t step,
	bool rang);
bool alert_is_for(const struct core *core, const struct case_row *row, const struct roster_person *person);
/* Whether the person is not to be woken for this alert now, and how long it is until the first of these people may be: 0 where one may
 * be now, or there is nobody. */
bool alert_is_quiet(const struct core *core, const struct alert_row *alert, const struct roster_person *person);
int64_t alert_quiet_left_ms(const struct core *core, const struct alert_row *alert, const struct alert_people *people);
/* With each new roster: warns where nobody is there. */
void alert_people_read(struct alerts *as);

/* Queues a text of the alert to a person, unless one of it is still on its way to them and force is false; or holds it back where
 * the person had a text just now (alert_pace.c). */
enum { ALERT_RING_FORCE = 1, ALERT_RING_OTHER_MODEM = 2, ALERT_RING_NOW = 4, /* never held back */
	ALERT_RING_STEP = 8 }; /* by the channels of the alert's step */
void alert_ring_person(struct core *core, const struct alert_row *alert, const struct case_row *row,
	const struct roster_person *person, enum alert_text text, unsigned how);
/* It did not arrive: the same person is told by the next channel of the step that they have; false where there is none. */
bool alert_next_channel(struct core *core, const struct alert_row *alert, const struct case_row *row, const struct outbox_row *lost);
/* One text for all that was held: how many, the highest urgency, the code of the newest. */
void alert_digest_person(struct core *core, const struct alert_row *newest, const struct case_row *row,
	const struct roster_person *person, int64_t count, enum triage_urgency highest);
enum wording_language alert_language_of(const struct roster_person *person);

/* Whether the text waits; otherwise the person's minute begins. */
bool alert_pace_hold(struct core *core, const struct alert_row *alert, const struct roster_person *person, enum alert_text text);
/* The same only because so many texts to them wait for a modem; the person's minute is as before. */
bool alert_pace_hold_full(struct core *core, const struct alert_row *alert, const struct roster_person *person, enum alert_text text);
/* Tells what was held and may be told now. */
void alert_pace_run(struct core *core);

/* What rings for an alert now: the people at its step, and its policy. */
struct alert_rules alert_rules_of(const struct core *core, const struct alert_row *alert, const struct alert_people *people);
/* Chooses the policy of a case; writes its name into the alert and returns whether that is another one. */
bool alert_policy_choose(struct core *core, struct alert_row *alert, const struct case_row *row);
struct policy_facts alert_policy_facts(const struct core *core, const struct case_row *row, enum triage_urgency urgency);

/* Tells the watchers of a change. */
void alert_tell(struct core *core, const char *change, const struct alert_row *a, const struct case_row *row, const char *person);
/* Rings whom the verdict names, or who stands in for those that sleep. Returns the first who was rung, NULL where nobody was. */
const struct roster_person *alert_ring_all(struct core *core, struct alert_row *a, const struct case_row *row,
	const struct alert_verdict *v);
/* Writes what was decided of an alert that is there, and rings. */
void alert_carry_out(struct core *core, struct alert_row *a, const struct case_row *row, const struct alert_verdict *v);
/* The one place where an alert changes its state; false, and nothing changed, where the event changes nothing. The caller writes it. */
bool alert_enter(struct core *core, struct alert_row *a, enum alert_event event);
/* Where nobody may be woken for it, it waits for the first who may be, at the step where it is. */
bool alert_wait_for_morning(struct core *core, struct alert_row *a, const struct alert_people *people);
/* The deadline of one that was acknowledged has come. */
void alert_idle_due(struct core *core, struct alert_row *a, const struct case_row *row);

/* All steps are through: the fallback is rung, the siren's file written with the commit, the texter told where that is safe. */
void alert_exhaust(struct core *core, struct alert_row *a, const struct case_row *row);
void alert_siren_sync(struct alerts *as);

/* Coordinators by rule: what came in, and what is due. */
void alert_notice_new(struct core *core, const struct alert_row *alert, const struct case_row *row);
void alert_notice_run(struct core *core);

/* Queues an answer to a person's command: key of the wording, code for its placeholder. */
void alert_answer(struct core *core, const struct roster_person *person, const char *key, const char *code,
	int64_t case_id);

/* The same with other placeholders; args may be NULL. */
void alert_answer_with(struct core *core, const struct roster_person *person, const char *key, const struct wording_arg *args,
	int64_t case_id);
/* The same for an answer that changes nothing: of these only so many go out. */
void alert_answer_idly(struct core *core, const struct roster_person *person, const char *key, const struct wording_arg *args);

/* A label of the wording in the person's language; the fallback's where it has none of that name. */
#define ALERT_LABEL_MAX 96
void alert_label(struct core *core, const struct roster_person *person, const char *family, const char *name, const char *fallback,
	char out[ALERT_LABEL_MAX]);

/* Cuts a text after so many characters: a name must fit where it is told. */
void alert_shorten(char *text, size_t most);

/* A person cannot take an open alert: if it is their turn, the next one rings at once. False where there is nobody else. */
bool alert_pass(struct core *core, struct alert_row *alert, const struct roster_person *person);

/* Ends the alert: a person has it. */
void alert_end(struct core *core, struct alert_row *alert, const struct case_row *row, const char *person);

/* The hook of outbound_hooks.h: an alert's text, mail or call to a person of the roster entered a state. */
void alert_outbox_changed(struct core *core, const struct outbox_row *text, enum outbox_state state);

/* Hooks of case_hooks.h. Somebody works on the case, or it was closed: nobody is reminded of it any more. What nobody acknowledged goes on,
 * so that it can move to the case that remains. It was referred: whoever looks at referrals that wait hears of it in time. */
void alert_case_acted(struct core *core, int64_t case_id);
void alert_case_closed(struct core *core, int64_t case_id);
void alert_case_referred(struct core *core, const struct case_row *row);

/* ---- alert_told.c */
/* Adds this room's hooks to the rooms below. */
void alert_listen(struct core *core);

#endif
