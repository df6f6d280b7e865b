#include "core/triage/learned.h"

#include "core/triage/verdict.h"

static bool has(const struct triage_evidence *e, uint32_t flags)
{
	return (e->flags & flags) != 0;
}

/* The rules are sure: exact words of a command, a bare answer, a text taken back, a threat to oneself. */
static bool is_guarded(const struct triage_evidence *e, enum triage_kind kind)
{
	if (has(e, TRIAGE_RETRACT | TRIAGE_HARM))
		return true;
	return kind == TRIAGE_OPT_OUT || kind == TRIAGE_OPT_IN;
}

static enum triage_kind best_kind(const struct triage_scores *s)
{
	static const struct { enum triage_lane lane; enum triage_kind kind; } rows[] = {
		{ TRIAGE_LANE_CAMPAIGN_REPLY, TRIAGE_CAMPAIGN_REPLY }, { TRIAGE_LANE_OPT_OUT, TRIAGE_OPT_OUT },
		{ TRIAGE_LANE_OPT_IN, TRIAGE_OPT_IN }, { TRIAGE_LANE_QUESTION, TRIAGE_QUESTION }, { TRIAGE_LANE_THANKS, TRIAGE_THANKS },
		{ TRIAGE_LANE_ACK, TRIAGE_ACK }, { TRIAGE_LANE_SPAM, TRIAGE_SPAM }, { TRIAGE_LANE_ABUSE, TRIAGE_ABUSE },
		{ TRIAGE_LANE_TEST, TRIAGE_TEST },
	};
	enum triage_kind best = TRIAGE_WRONG_NUMBER;
	int most = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (s->lane[rows[i].lane] > most) {
			most = s->lane[rows[i].lane];
			best = rows[i].kind;
		}
	return best;
}

static enum triage_exploitation best_exploitation(const struct triage_scores *s)
{
	static const struct { enum triage_lane lane; enum triage_exploitation exploitation; } rows[] = {
		{ TRIAGE_LANE_SEX, TRIAGE_EXPL_SEX }, { TRIAGE_LANE_LABOUR, TRIAGE_EXPL_LABOUR },
		{ TRIAGE_LANE_ONLINE, TRIAGE_EXPL_ONLINE }, { TRIAGE_LANE_NONE, TRIAGE_EXPL_NONE },
	};
	enum triage_exploitation best = TRIAGE_EXPL_UNCLEAR;
	int most = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (s->lane[rows[i].lane] > most) {
			most = s->lane[rows[i].lane];
			best = rows[i].exploitation;
		}
	return best;
}

static enum triage_urgency learned_urgency(const struct triage_evidence *e, const struct triage_scores *s, enum triage_urgency rules)
{
	if (has(e, TRIAGE_RETRACT))
		return rules;
	if (s->lane[TRIAGE_LANE_EMERGENCY] >= 0)
		return TRIAGE_EMERGENCY;
	if (s->lane[TRIAGE_LANE_URGENT] >= 0)
		return TRIAGE_HIGH;
	return rules == TRIAGE_LOW ? TRIAGE_LOW : TRIAGE_NORMAL;
}

void triage_settle(const struct triage_evidence *e, const struct triage_scores *scores, struct triage_verdict *verdict)
{
	if (!is_guarded(e, verdict->kind))
		verdict->kind = scores->lane[TRIAGE_LANE_TIP] >= 0 ? TRIAGE_TIP : best_kind(scores);
	verdict->exploitation = TRIAGE_EXPL_NONE;
	if (verdict->kind != TRIAGE_TIP) {
		verdict->urgency = TRIAGE_URGENCY_NONE;
		return;
	}
	verdict->exploitation = best_exploitation(scores);
	verdict->urgency = learned_urgency(e, scores, triage_decide_urgency(e));
}
