#include "core/outbound/lane.h"

#include <string.h>

#include "wire/link.h"

/* A cost is the sum of the weights of what speaks against a link, and each lane has its own. An alert goes where it waits
 * least; an answer or a campaign text where it costs least, which is within one operator. */
struct weights { int load, failed_here, other_operator, other_kind; };

/* A campaign leaves one place of each window free, so that an alert never waits behind two of its texts, and a fifth of what
 * a SIM may send. */
static const struct {
	bool reserved;
	size_t window;
	int share_percent; /* of a SIM's cap; 0: not bound by it */
	struct weights cost;
} rules[LANE_COUNT] = {
	[LANE_ALERT] = { true, WIRE_LINK_WINDOW, 0, { .load = 8, .failed_here = 4, .other_kind = 2, .other_operator = 1 } },
	[LANE_DIALOGUE] = { true, WIRE_LINK_WINDOW, 100, { .load = 2, .failed_here = 1, .other_kind = 32, .other_operator = 8 } },
	[LANE_CAMPAIGN] = { false, WIRE_LINK_WINDOW - 1, 80, { .load = 2, .failed_here = 1, .other_kind = 0, .other_operator = 8 } },
};

#define STRANGER_COST 1000 /* more than all else together */

bool lane_is_spent(enum outbox_lane lane, int64_t sent, int64_t cap)
{
	return cap > 0 && rules[lane].share_percent > 0 && sent * 100 >= cap * rules[lane].share_percent;
}

static bool takes(const struct lane_link *l, enum outbox_lane lane, enum outbox_channel channel)
{
	if (l->channel != channel)
		return false;
	if (channel != CHANNEL_SMS)
		return l->ready && l->open < WIRE_NOTIFY_WINDOW;
	return l->ready && (rules[lane].reserved || !l->reserved) && (lane == LANE_ALERT || !l->stranger) &&
		l->open < rules[lane].window && !l->spent[lane];
}

bool lane_has_room(enum outbox_lane lane, enum outbox_channel channel, const struct lane_link *links, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (takes(&links[i], lane, channel))
			return true;
	return false;
}

/* Less is better. An alert goes by a reserved modem; other texts leave those free while any other has room. Where one of the operators
 * is not known, none is preferred. An alert that must wait is not choosy. */
static int cost(const struct lane_text *t, const struct lane_link *l)
{
	const struct weights *w = &rules[t->lane].cost;
	bool failed_here = t->tried && strcmp(t->modem, l->name) == 0;
	bool other_kind = (t->lane == LANE_ALERT) != l->reserved;
	bool other_operator = *t->operator_name && strcmp(t->operator_name, l->operator_name) != 0;

	if (t->lane == LANE_ALERT && l->open > 0)
		other_kind = other_operator = false;
	return (int)l->open * w->load + failed_here * w->failed_here + other_kind * w->other_kind +
		other_operator * w->other_operator + l->stranger * STRANGER_COST;
}

static bool is_better(const struct lane_text *t, const struct lane_link *a, const struct lane_link *b)
{
	int cost_a = cost(t, a), cost_b = cost(t, b);

	if (cost_a != cost_b)
		return cost_a < cost_b;
	if (t->lane == LANE_ALERT && a->busy_ms != b->busy_ms)
		return a->busy_ms > b->busy_ms; /* the text before it ends there first: a radio takes about the same time for each */
	return a->sent < b->sent;
}

/* A text that is bound to its modem waits for it, whatever else is ready. */
static int choose_pinned(const struct lane_text *text, const struct lane_link *links, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(text->modem, links[i].name) == 0 && takes(&links[i], text->lane, text->channel))
			return (int)i;
	return LANE_WAIT;
}

int lane_choose(const struct lane_text *text, const struct lane_link *links, size_t count)
{
	int best = LANE_NONE;

	if (text->pinned)
		return choose_pinned(text, links, count);
	for (size_t i = 0; i < count; i++) {
		bool own = text->lane == LANE_DIALOGUE && strcmp(text->modem, links[i].name) == 0;
		bool taken = takes(&links[i], text->lane, text->channel);
		if (own && taken)
			return (int)i;
		if (own && links[i].ready && !links[i].stranger && text->patient && !links[i].spent[text->lane])
			return LANE_WAIT;
		if (taken && (best == LANE_NONE || is_better(text, &links[i], &links[best])))
			best = (int)i;
	}
	return best;
}
