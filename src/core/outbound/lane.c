#include "core/outbound/lane.h"

#include <limits.h>
#include <string.h>

#include "wire/link.h"

/* A campaign leaves one place of each window free, so that an alert never waits behind two of its texts. */
static const struct { bool reserved; size_t window; } rules[LANE_COUNT] = {
	[LANE_ALERT] = { true, WIRE_LINK_WINDOW },
	[LANE_DIALOGUE] = { true, WIRE_LINK_WINDOW },
	[LANE_CAMPAIGN] = { false, WIRE_LINK_WINDOW - 1 },
};

static bool takes(const struct lane_link *l, enum outbox_lane lane)
{
	return l->ready && (rules[lane].reserved || !l->reserved) && l->open < rules[lane].window;
}

bool lane_has_room(enum outbox_lane lane, const struct lane_link *links, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (takes(&links[i], lane))
			return true;
	return false;
}

/* Less is better. The load counts first; an alert then goes by a modem that has not just failed it, and by a
 * reserved one; dialogue leaves the reserved ones free. */
static int cost(const struct lane_text *t, const struct lane_link *l)
{
	int failed_here = t->lane == LANE_ALERT && t->tried && strcmp(t->modem, l->name) == 0;
	int other_kind = (t->lane == LANE_ALERT) != l->reserved;

	return (int)l->open * 4 + failed_here * 2 + other_kind;
}

int lane_choose(const struct lane_text *text, const struct lane_link *links, size_t count)
{
	int best = LANE_NONE, best_cost = INT_MAX;

	for (size_t i = 0; i < count; i++) {
		bool own = text->lane == LANE_DIALOGUE && strcmp(text->modem, links[i].name) == 0;
		if (own && takes(&links[i], text->lane))
			return (int)i;
		if (own && links[i].ready && text->patient)
			return LANE_WAIT;
		if (takes(&links[i], text->lane) && cost(text, &links[i]) < best_cost) {
			best_cost = cost(text, &links[i]);
			best = (int)i;
		}
	}
	return best;
}
