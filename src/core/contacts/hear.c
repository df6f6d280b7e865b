#include "core/contacts/hear.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "core/config/config.h"
#include "core/contacts/leave.h"
#include "core/roster/roster.h"
#include "store/contact.h"

/* The word that our own texts name counts, whatever it is. */
static enum contacts_word read_word(struct core *core, const struct process_text *t, char district[SUBSCRIBER_DISTRICT_SIZE])
{
	const struct config *c = core->config;
	char stop[sizeof(c->stop_words) + sizeof(c->stop_word) + 1], start[sizeof(c->start_words) + sizeof(c->start_word) + 1];
	const struct contacts_words words = { stop, start };

	snprintf(stop, sizeof(stop), "%s %s", c->stop_words, c->stop_word);
	snprintf(start, sizeof(start), "%s %s", c->start_words, c->start_word);
	return contacts_word_read(&words, core->rules, t->text, t->len, district);
}

static enum triage_script script_of(struct core *core, const struct process_text *t, enum triage_script guess)
{
	uint8_t alias[CONTACT_ALIAS], number[CONTACT_NUMBER_MAX];
	struct subscriber_row row;
	bool listed = contact_get_number(core->store, t->contact->id, alias, number) && subscriber_get_alias(core->store, alias, &row);

	return contacts_word_script(t->text, t->len, guess, listed ? &row : NULL);
}

void contacts_read(struct core *core, const struct process_text *t, struct triage_verdict *v, struct contacts_heard *heard)
{
	heard->script = v->script;
	heard->word = t->parts_missing ? CONTACTS_NO_WORD : read_word(core, t, heard->district);
	if (heard->word == CONTACTS_NO_WORD || (v->kind == TRIAGE_TIP && v->urgency > TRIAGE_NORMAL)) {
		heard->word = CONTACTS_NO_WORD;
		return;
	}
	heard->sure = v->kind != TRIAGE_TIP && contacts_word_is_bare(t->text, t->len);
	heard->script = v->script = script_of(core, t, v->script);
	v->kind = heard->word == CONTACTS_STOP ? TRIAGE_OPT_OUT : TRIAGE_OPT_IN;
	v->exploitation = TRIAGE_EXPL_NONE;
	v->urgency = TRIAGE_URGENCY_NONE;
}

/* Who may write it to another service, or by mistake. */
static bool is_roster(struct core *core, const struct process_text *t)
{
	const struct roster_person *p = t->from && core->roster ? roster_find_number(core->roster, t->from) : NULL;

	if (p)
		hl_log(HL_LOG_NOTICE, "contacts", "word_of_roster person=\"%s\" why=\"people of the roster neither join nor leave\"", p->name);
	return p != NULL;
}

static void join(struct core *core, const struct process_text *t, const struct contacts_heard *heard, struct contacts_word_reply *reply)
{
	static const enum subscriber_script scripts[TRIAGE_SCRIPTS] = { SUBSCRIBER_CYRL, SUBSCRIBER_LATN, SUBSCRIBER_LATN };
	uint8_t alias[CONTACT_ALIAS], number[CONTACT_NUMBER_MAX];
	struct contacts_joining j = { .alias = alias, .number = number, .district = heard->district };

	j.number_len = contact_get_number(core->store, t->contact->id, alias, number);
	j.script = (unsigned)heard->script < TRIAGE_SCRIPTS ? scripts[heard->script] : SUBSCRIBER_CYRL;
	j.language = heard->script == TRIAGE_SCRIPT_ENGLISH ? SUBSCRIBER_EN : SUBSCRIBER_MN;
	if (contacts_join(core, &j))
		*reply = (struct contacts_word_reply){ "optin.done", "optin.already", true };
	else
		*reply = (struct contacts_word_reply){ "optin.already", "optin.already", false };
}

void contacts_act(struct core *core, const struct process_text *t, const struct contacts_heard *heard, int64_t message_id,
	struct contacts_word_reply *reply)
{
	uint8_t alias[CONTACT_ALIAS], number[CONTACT_NUMBER_MAX];

	*reply = (struct contacts_word_reply){ NULL, NULL, false };
	if (heard->word == CONTACTS_NO_WORD || !t->contact->answerable || is_roster(core, t))
		return;
	if (heard->word == CONTACTS_START) {
		join(core, t, heard, reply);
	} else if (contact_get_number(core->store, t->contact->id, alias, number)) {
		*reply = (struct contacts_word_reply){ "", "", false }; /* confirmed once */
		if (contacts_leave(core, alias, message_id)) {
			contacts_tell_left(core, alias);
			*reply = (struct contacts_word_reply){ "optout.done", "optout.done", true };
		}
	}
}
