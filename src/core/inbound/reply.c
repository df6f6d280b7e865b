#include "core/inbound/reply.h"

#include <string.h>

#include "base/log.h"
#include "core/case/case.h"
#include "core/config/config.h"
#include "core/counters.h"
#include "core/inbound/loop.h"
#include "core/inbound/receipt.h"
#include "core/outbound/gate.h"
#include "core/outbound/texter.h"
#include "store/store.h"

#define DAY_MS (24 * 60 * 60 * 1000LL)

static int receipt_send(struct core *core, const struct process_text *t, const struct case_row *row,
	const struct receipt_verdict *r)
{
	const struct texter_text text = { .contact = t->contact, .row = row, .to = t->from, .purpose = OUTBOX_RECEIPT,
		.key = r->key, .discreet = r->discreet, .modem = t->modem };

	return texter_send(core, &text) < 0 ? HL_ENOENT : 0;
}

/* Whether the text is nothing but a code, and whose. */
static enum receipt_code code_asked(struct core *core, const struct process_text *t)
{
	static const char around[] = " \t\r\n?#.!:";
	size_t from = 0, to = t->len;
	char code[CASE_CODE_SIZE];
	struct case_row row;

	while (from < to && t->text[from] && strchr(around, t->text[from]))
		from++;
	while (to > from && t->text[to - 1] && strchr(around, t->text[to - 1]))
		to--;
	if (to - from != CASE_CODE_DIGITS || strspn(t->text + from, "0123456789") < CASE_CODE_DIGITS)
		return RECEIPT_CODE_NONE;
	return case_code_read(t->text + from, to - from, code) && case_find_code(core, code, &row) == 0 &&
		row.contact_id == t->contact->id ? RECEIPT_CODE_OWN : RECEIPT_CODE_OTHER;
}

bool reply_is_left(struct core *core)
{
	bool first, left = receipt_hour_take(&core->receipt_hour, hl_boot_ms(core->clock), core->config->receipts_per_hour, &first);

	if (first)
		hl_log(HL_LOG_WARNING, "reply", "receipts_held why=\"%lld within the hour\" mend=\"a flood? receipts_per_hour\"",
			(long long)core->config->receipts_per_hour);
	return left;
}

/* Answers the texter, or not (false), and keeps count of it. */
static bool receipt_give(struct core *core, const struct reply *reply)
{
	const struct process_text *t = reply->t;
	struct contact_row *c = t->contact;
	struct receipt_verdict r = receipt_decide(&(struct receipt_case){
		.enabled = core->config->receipts,
		.per_day = core->config->receipts_per_day,
		.answerable = c->answerable,
		.first = reply->first || reply->word->once,
		.kind = (int)reply->v->kind,
		.now_boot_ms = hl_boot_ms(core->clock),
		.count = { c->receipts, c->receipts_from_boot_ms, c->receipt_boot_ms },
		.looping = c->loop_count >= LOOP_MOST,
		.code = code_asked(core, t),
	});

	if (r.key && reply->word->key) {
		r.key = *reply->word->key ? reply->word->key : NULL;
		r.discreet = reply->word->discreet;
	}
	if (!r.key || gate_foresee(core, c, SAFETY_RECEIPT, true).action == SAFETY_NEVER || !reply_is_left(core) ||
		receipt_send(core, t, reply->row, &r)) {
		counter_add(core, COUNT_RECEIPTS_HELD, core->config->receipts);
		return false;
	}
	c->receipts = r.count.receipts;
	c->receipts_from_boot_ms = r.count.from_boot_ms;
	c->receipt_boot_ms = r.count.last_boot_ms;
	c->answered = true;
	counter_add(core, COUNT_RECEIPTS, 1);
	return true;
}

/* Spam, abuse and tests get no word from us. */
static bool gets_no_word(enum triage_kind kind)
{
	return kind == TRIAGE_SPAM || kind == TRIAGE_ABUSE || kind == TRIAGE_TEST;
}

/* Who calls for help may be held: then a text that names the police is the wrong one, unless they said that it is safe. */
static bool seems_watched(const struct triage_verdict *v)
{
	for (size_t i = 0; i < v->cue_count; i++)
		if (v->cues[i].category == TRIAGE_CAT_HELP)
			return true;
	return false;
}

/* Whom to call, once a day, and only where nobody else reads it. Nothing of any case decides: whoever names the code of
 * another's shall not see by our texts that there is such a case. True where contact was changed. */
static bool advise(struct core *core, const struct reply *r)
{
	const struct texter_text text = { .contact = r->t->contact, .row = r->row, .to = r->t->from, .purpose = OUTBOX_ADVICE,
		.key = "emergency.standard", .modem = r->t->modem };
	int64_t today = hl_wall_ms(core->clock) / DAY_MS;

	if (r->t->contact->advised_day == today || r->v->kind != TRIAGE_TIP || r->v->urgency != TRIAGE_EMERGENCY || !core->config->receipts ||
		!r->t->contact->answerable ||
		(seems_watched(r->v) && !gate_is_fresh(core, r->t->contact)) ||
		gate_foresee(core, r->t->contact, SAFETY_ADVICE, false).action != SAFETY_SEND || !reply_is_left(core))
		return false;
	if (texter_send(core, &text) > 0)
		r->t->contact->advised_day = today;
	return true;
}

/* A bare number says nothing of the language somebody reads. */
static bool has_letters(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80 || ((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z'))
			return true;
	return false;
}

/* Whether the phone may be a machine's that answers ours. True where contact was changed. */
static bool note_loop(struct core *core, const struct reply *r, uint8_t hash[CONTACT_LOOP_HASH])
{
	struct contact_row *c = r->t->contact;
	bool letters = loop_hash(core, r->t->text, r->t->len, hash);
	int64_t was = c->loop_count;

	c->loop_count = loop_decide(&(struct loop_facts){ c->answered,
		letters && memcmp(hash, c->loop_hash, CONTACT_LOOP_HASH) == 0, c->loop_count });
	if (c->loop_count == LOOP_MOST && was < LOOP_MOST)
		hl_log(HL_LOG_NOTICE, "reply", "loop case=%s why=\"the same text after each answer: no more of them\"", r->row->code);
	was = was != c->loop_count || c->answered;
	c->answered = false;
	return was;
}

/* What the contact is from now on: the language of the last text, what they answered, and the answers they got. */
void reply_give(struct core *core, const struct reply *r)
{
	struct contact_row *c = r->t->contact;
	uint8_t hash[CONTACT_LOOP_HASH];
	bool letters = has_letters(r->t->text, r->t->len);
	bool changed = letters && c->script != (int)r->v->script;

	if (changed)
		c->script = (int)r->v->script;
	changed |= c->codes_day == hl_wall_ms(core->clock) / DAY_MS; /* a code may have been named */
	changed |= dialogue_heard(c);
	changed |= note_loop(core, r, hash);
	if (r->answers) {
		dialogue_take(core, c, r->answers, r->message_id, gets_no_word(r->v->kind) || c->loop_count >= LOOP_MOST);
		changed = true;
	}
	if (!r->t->amends && !(r->answers && !r->answers->other_phone && r->answers->answer.reading != ANSWER_IN_WORDS))
		/* where it is an answer, the next question is receipt enough; another phone hears what it would hear anyway */
		changed |= receipt_give(core, r);
	if (c->answered)
		memcpy(c->loop_hash, hash, sizeof(c->loop_hash)); /* the text that was answered */
	changed |= advise(core, r);
	if (changed)
		contact_update(core->store, c);
}
