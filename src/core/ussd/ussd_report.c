/* What an answer does beyond the next screen: the report, whether they may be texted, campaigns. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/contacts/leave.h"
#include "core/counters.h"
#include "core/dialogue/contact_safety.h"
#include "core/inbound/intake.h"
#include "core/inbound/process.h"
#include "core/outbound/texter.h"
#include "core/triage/triage.h"
#include "core/ussd/session.h"
#include "core/ussd/ussd_verdict.h"
#include "store/audit.h"
#include "store/case.h"
#include "store/outbox.h"

#define LETTERS_LEAST 3   /* of an input that may be words: SOS */
#define NUMBER_LEAST 100  /* 102, 108: no option has so many digits; it is a call for help */

/* ---- the report -------------------------------------------------------------------------------------------------- */

/* "ussd:hubtel": no modem of ours has a colon in its name. */
void ussd_way_name(const struct ussd_session *s, char out[33])
{
	hl_strlcpy(out, 33, "ussd:");
	hl_strlcpy(out + 5, 28, s->row.transport);
}

static void write_report(struct core *core, struct ussd_session *s, enum process_ring rings, bool whole)
{
	struct triage_verdict v;
	struct ussd_words w;
	struct process_result got;
	char summary[USSD_SUMMARY_MAX], way[33];
	struct process_text t = { .contact = &s->contact, .contact_is_new = s->contact_is_new, .modem = way, .text = summary, .sent_at = "",
		.parts = 1, .parts_missing = !whole, .case_id = s->row.case_id, .amends = s->row.message_id, .unanswered = true, .verdict = &v,
		.rings = rings };

	ussd_words_read(core, WORDING_MN, &w);
	ussd_verdict(s->menu, &s->state, s->urgency, &v);
	ussd_summary(s->menu, &s->state, &(struct menu_words){ w.police, w.helpline, w.short_number, "", "", "" }, summary);
	t.len = strlen(summary);
	ussd_way_name(s, way);
	got = process_store(intake_process(core), &t);
	explicit_bzero(summary, sizeof(summary));
	s->opened |= got.is_new;
	s->rang |= got.rang;
	counter_add(core, COUNT_USSD_REPORTS, s->row.message_id == 0);
	s->row.case_id = got.case_id;
	s->row.message_id = got.message_id;
}

void ussd_report_over(struct core *core, struct ussd_session *s, bool whole)
{
	if (!s->row.message_id)
		return;
	if (s->rang && !whole)
		return; /* it stands as it is: partial */
	write_report(core, s, s->rang ? PROCESS_HOLDS : s->opened ? PROCESS_RINGS_NEW : PROCESS_RINGS_MORE, whole);
}

/* Until they say that it is safe, nothing goes to the phone of somebody of whom nothing is known: a menu leaves nothing on it, a text
 * does. Somebody who walks through it by texts has them there already. */
static void silence(struct ussd_session *s)
{
	if (s->contact.safety != CONTACT_UNKNOWN || strcmp(s->row.transport, USSD_BY_TEXT) == 0)
		return;
	s->contact.safety = CONTACT_SILENT;
	s->silenced = true;
}

static size_t letters(const char *text)
{
	size_t n = 0;

	for (const char *c = text; *c; c++)
		n += (unsigned char)*c >= 0xC0 || ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z');
	return n;
}

bool ussd_report_words(struct core *core, struct ussd_session *s, const char *input)
{
	char way[33];
	const struct process_text t = { .contact = &s->contact, .contact_is_new = s->contact_is_new, .modem = way, .text = input,
		.len = strlen(input), .sent_at = "", .parts = 1, .unanswered = true };

	if (letters(input) < LETTERS_LEAST && ussd_number(input) < NUMBER_LEAST)
		return false;
	silence(s);
	ussd_way_name(s, way);
	process_store(intake_process(core), &t);
	s->contact_is_new = false;
	return true;
}

/* ---- whether they may be texted ---------------------------------------------------------------------------------- */

static const char *case_code(struct core *core, const struct ussd_session *s, struct case_row *row)
{
	return s->row.case_id && cases_get(core->store, s->row.case_id, row) ? row->code : "";
}

static void text_yes(struct core *core, struct ussd_session *s)
{
	struct texter_text t = { .contact = &s->contact, .purpose = OUTBOX_RECEIPT, .key = "receipt.standard",
		.discreet = "receipt.discreet", .modem = "" };
	struct case_row row;

	if (s->contact.refused)
		return; /* once they asked for silence, whoever holds the phone now does not end it by a menu: it takes a text, and an officer */
	if (s->contact.safety != CONTACT_DISCREET) /* an officer's knowledge stays */
		s->contact.safety = CONTACT_OK;
	s->contact.safe_boot_ms = hl_boot_ms(core->clock);
	s->silenced = false;
	contact_update(core->store, &s->contact);
	if (!*case_code(core, s, &row) || !core->config->receipts || !s->contact.answerable || strcmp(s->row.transport, USSD_BY_TEXT) == 0)
		return;
	t.row = &row;
	if (texter_send(core, &t) > 0)
		counter_add(core, COUNT_RECEIPTS, 1);
}

static void text_no(struct core *core, struct ussd_session *s)
{
	struct case_row row;

	s->contact.safety = CONTACT_SILENT;
	s->contact.safe_boot_ms = 0;
	s->contact.refused = true;
	contact_update(core->store, &s->contact);
	store_outbox_contact_due(core->store, s->contact.id); /* what waits is asked again, and stays */
	if (*case_code(core, s, &row))
		audit_append(core->store, hl_wall_ms(core->clock), "core", "case.unsafe", row.code, "");
}

/* ---- a step ------------------------------------------------------------------------------------------------------- */

static void note_language(struct core *core, struct ussd_session *s)
{
	struct triage_verdict v;

	ussd_verdict(s->menu, &s->state, 0, &v);
	if (s->contact.script == (int)v.script)
		return;
	s->contact.script = (int)v.script;
	contact_update(core->store, &s->contact);
}

static void campaigns(struct core *core, struct ussd_session *s, unsigned actions)
{
	uint8_t alias[CONTACT_ALIAS], number[CONTACT_NUMBER_MAX];
	struct contacts_joining j = { .alias = alias, .number = number, .district = "", .source = "USSD menu",
		.language = s->state.lang == WORDING_EN ? SUBSCRIBER_EN : SUBSCRIBER_MN,
		.script = s->state.lang == WORDING_MN ? SUBSCRIBER_CYRL : SUBSCRIBER_LATN };

	if (!(actions & (MENU_STOP | MENU_START)) || !s->contact.answerable || s->from_roster)
		return;
	j.number_len = contact_get_number(core->store, s->contact.id, alias, number);
	if (j.number_len && (actions & MENU_STOP) && contacts_leave(core, alias, 0))
		contacts_tell_left(core, alias);
	else if (j.number_len && (actions & MENU_START))
		contacts_join(core, &j);
}

void ussd_report_step(struct core *core, struct ussd_session *s, const struct ussd_step *step)
{
	int was = s->urgency;

	s->urgency = ussd_verdict_urgency(s->urgency, step->actions);
	if (!was && s->urgency) {
		silence(s);
		contact_update(core->store, &s->contact);
	}
	if (s->urgency && (step->saved || s->urgency != was))
		write_report(core, s, s->urgency != was && s->urgency == TRIAGE_EMERGENCY ? PROCESS_CALLS : PROCESS_HOLDS, false);
	note_language(core, s);
	if (step->actions & MENU_TEXT_YES)
		text_yes(core, s);
	if (step->actions & MENU_TEXT_NO)
		text_no(core, s);
	campaigns(core, s, step->actions);
}
