#include "core/triage/learned.h"

#include "core/triage/verdict.h"

static bool has(const struct triage_evidence *e, uint32_t flags)
{
	return (e->flags & flags) != 0;
}

/* Nothing may opt somebody out by likeness alone: there must be a word of it and another that supports it, and nothing else. */
static bool may_command(const struct triage_evidence *e, const struct triage_scores *s, enum triage_category category)
{
	size_t words = 0;

	for (size_t i = 0; i < e->match_count; i++)
		words += e->counted[i] && e->matches[i].rule->category == category;
	return words >= 2 && e->sum[category] > 0 && triage_tells_nothing(e)
		&& s->lane[TRIAGE_LANE_TIP] < -e->limits->opt_out_sure;
}

/* The likeliest kind other than a report. */
static enum triage_kind best_kind(const struct triage_evidence *e, const struct triage_scores *s, enum triage_kind by_rules)
{
	static const struct { enum triage_lane lane; enum triage_kind kind; } rows[] = {
		{ TRIAGE_LANE_CAMPAIGN_REPLY, TRIAGE_CAMPAIGN_REPLY }, { TRIAGE_LANE_OPT_OUT, TRIAGE_OPT_OUT },
		{ TRIAGE_LANE_OPT_IN, TRIAGE_OPT_IN }, { TRIAGE_LANE_QUESTION, TRIAGE_QUESTION }, { TRIAGE_LANE_THANKS, TRIAGE_THANKS },
		{ TRIAGE_LANE_ACK, TRIAGE_ACK }, { TRIAGE_LANE_SPAM, TRIAGE_SPAM }, { TRIAGE_LANE_ABUSE, TRIAGE_ABUSE },
		{ TRIAGE_LANE_TEST, TRIAGE_TEST },
	};
	enum triage_kind best = TRIAGE_WRONG_NUMBER;
	int most = by_rules == TRIAGE_WRONG_NUMBER ? e->limits->rules_kind : 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int score = s->lane[rows[i].lane] + (by_rules == rows[i].kind ? e->limits->rules_kind : 0);
		if ((rows[i].kind == TRIAGE_OPT_OUT && !may_command(e, s, TRIAGE_CAT_OPT_OUT))
		    || (rows[i].kind == TRIAGE_OPT_IN && !may_command(e, s, TRIAGE_CAT_OPT_IN)))
			continue;
		if (score > most) {
			most = score;
			best = rows[i].kind;
		}
	}
	return best;
}

/* What was learned, with what the rules name a little ahead. */
static enum triage_exploitation settle_exploitation(const struct triage_evidence *e, const struct triage_scores *s)
{
	static const enum triage_lane lanes[TRIAGE_EXPLOITATIONS] = {
		[TRIAGE_EXPL_SEX] = TRIAGE_LANE_SEX, [TRIAGE_EXPL_LABOUR] = TRIAGE_LANE_LABOUR, [TRIAGE_EXPL_ONLINE] = TRIAGE_LANE_ONLINE,
		[TRIAGE_EXPL_NONE] = TRIAGE_LANE_NONE,
	};
	enum triage_exploitation by_rules = triage_decide_exploitation(e), best = TRIAGE_EXPL_UNCLEAR;
	int most = by_rules == TRIAGE_EXPL_UNCLEAR ? e->limits->rules_exploitation : 0;

	for (int i = 0; i < TRIAGE_EXPL_UNCLEAR; i++) {
		int score = s->lane[lanes[i]] + (by_rules == (enum triage_exploitation)i ? e->limits->rules_exploitation : 0);
		if (score > most) {
			most = score;
			best = (enum triage_exploitation)i;
		}
	}
	return best;
}

static enum triage_urgency settle_urgency(const struct triage_evidence *e, const struct triage_scores *s)
{
	enum triage_urgency by_rules = triage_decide_urgency(e);
	int urgent = s->lane[TRIAGE_LANE_URGENT] + e->limits->learned_urgent, emergency = s->lane[TRIAGE_LANE_EMERGENCY]
		+ e->limits->learned_emergency;

	if (has(e, TRIAGE_RETRACT | TRIAGE_HARM) || triage_is_call(e) || e->text->word_count == 0)
		return by_rules;
	if (emergency + (by_rules == TRIAGE_EMERGENCY ? e->limits->rules_emergency : 0) >= 0)
		return TRIAGE_EMERGENCY;
	if (urgent + (by_rules >= TRIAGE_HIGH ? e->limits->rules_urgent : 0) >= 0)
		return TRIAGE_HIGH;
	return by_rules == TRIAGE_LOW ? TRIAGE_LOW : TRIAGE_NORMAL;
}

/* The rules make a report of what was not learned to be one: a call for help always; an emergency, or one more word about a case,
 * unless the text is far from any report; a harm to a child that they know by name, where it is near one. */
static bool may_lift(const struct triage_evidence *e, int tip)
{
	if (triage_is_call(e))
		return true;
	if (tip >= -e->limits->rules_lift && (has(e, TRIAGE_FOLLOW_UP) || triage_decide_urgency(e) == TRIAGE_EMERGENCY))
		return true;
	return tip >= -e->limits->rules_lift / 3 && e->child && triage_topical_risk(e) > e->limits->named_min;
}

/* What the rules are sure of stays: exact words of a command in any case, a bare answer or thanks unless it much resembles a
 * report, a text that is taken back, a call for help. */
static enum triage_kind settle_kind(const struct triage_evidence *e, const struct triage_scores *s, enum triage_kind by_rules,
	bool sure)
{
	int tip = s->lane[TRIAGE_LANE_TIP] + e->limits->learned_tip;

	if (by_rules == TRIAGE_OPT_OUT || by_rules == TRIAGE_OPT_IN || (sure && (by_rules == TRIAGE_TIP || tip < e->limits->rules_sure)))
		return by_rules;
	if (tip >= 0 || (by_rules == TRIAGE_TIP && may_lift(e, tip)))
		return TRIAGE_TIP;
	return best_kind(e, s, by_rules);
}

void triage_settle(const struct triage_evidence *e, const struct triage_scores *scores, bool sure, struct triage_verdict *verdict)
{
	verdict->kind = settle_kind(e, scores, verdict->kind, sure);
	verdict->exploitation = TRIAGE_EXPL_NONE;
	verdict->urgency = TRIAGE_URGENCY_NONE;
	if (verdict->kind != TRIAGE_TIP)
		return;
	verdict->exploitation = settle_exploitation(e, scores);
	verdict->urgency = settle_urgency(e, scores);
}
