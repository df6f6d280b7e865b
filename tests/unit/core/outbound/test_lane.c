/* Which link takes a text. Links are written as letters, three for each: a state (r ready, R ready and reserved, x not ready,
 * s ready but its SIM has sent what it may, g ready but a stranger), how many texts it holds, and its operator (A, B, or - for nobody knows). */
#include <string.h>

#include "cm.h"
#include "core/outbound/lane.h"
#include "wire/link.h"

static size_t read_links(const char *text, struct lane_link *links)
{
	static const char *const names[] = { "m0", "m1", "m2", "m3" };
	size_t n = 0;

	for (; *text; text += 3, n++) {
		bool spent = *text == 's';
		links[n] = (struct lane_link){ .name = names[n], .ready = *text != 'x', .reserved = *text == 'R', .stranger = *text == 'g',
			.spent = { [LANE_DIALOGUE] = spent, [LANE_CAMPAIGN] = spent }, .open = (size_t)(text[1] - '0'),
			.operator_name = text[2] == 'A' ? "A" : text[2] == 'B' ? "B" : "" };
	}
	return n;
}

static void test_lane(void **state)
{
	static const struct {
		const char *what, *links;
		enum outbox_lane lane;
		const char *modem, *operator_name;
		bool tried, patient;
		int choice;
	} rows[] = {
		{ "nobody is there", "", LANE_ALERT, "", "", false, false, LANE_NONE },
		{ "nobody is ready", "x0-x0-", LANE_ALERT, "", "", false, false, LANE_NONE },
		{ "all windows are full", "r2-R2-", LANE_ALERT, "", "", false, false, LANE_NONE },
		{ "least loaded", "r1-r0-", LANE_ALERT, "", "", false, false, 1 },
		{ "first of equals", "r1-r1-", LANE_ALERT, "", "", false, false, 0 },
		{ "an alert goes by the reserved modem", "r0-R0-", LANE_ALERT, "", "", false, false, 1 },
		{ "but any idle one comes first", "r0-R1-", LANE_ALERT, "", "", false, false, 0 },
		{ "not where it has just failed", "r0-r0-", LANE_ALERT, "m0", "", true, false, 1 },
		{ "unless there is no other", "r0-r2-", LANE_ALERT, "m0", "", true, false, 0 },
		{ "an alert prefers nobody's modem", "r0-r0-", LANE_ALERT, "m1", "", false, true, 0 },
		{ "an alert of equals takes its operator's", "r0Br0A", LANE_ALERT, "", "A", false, false, 1 },
		{ "an alert that waits is not choosy", "r1BR1A", LANE_ALERT, "", "A", false, false, 0 },
		{ "but does not wait for it", "r0Br1A", LANE_ALERT, "", "A", false, false, 0 },
		{ "an alert goes beyond what a SIM may send", "s0-", LANE_ALERT, "", "", false, false, 0 },
		{ "an alert goes by a stranger's modem last of all", "g0-r1-", LANE_ALERT, "", "", false, false, 1 },
		{ "but before it waits", "g0-r2-", LANE_ALERT, "", "", false, false, 0 },
		{ "a stranger gets no answer", "g0-", LANE_DIALOGUE, "", "", false, false, LANE_NONE },
		{ "not even to one who texted it, who does not wait either", "r0-g0-", LANE_DIALOGUE, "m1", "", false, true, 0 },
		{ "a stranger gets no campaign", "g0-", LANE_CAMPAIGN, "", "", false, false, LANE_NONE },
		{ "an answer leaves the reserved modem free", "R0-r0-", LANE_DIALOGUE, "", "", false, false, 1 },
		{ "even if it waits a while", "R0-r1-", LANE_DIALOGUE, "", "", false, false, 1 },
		{ "but may use it", "R0-r2-", LANE_DIALOGUE, "", "", false, false, 0 },
		{ "not even for the sake of the operator", "R0Ar1B", LANE_DIALOGUE, "", "A", false, false, 1 },
		{ "an answer goes by its own modem", "r0-r1-", LANE_DIALOGUE, "m1", "", false, true, 1 },
		{ "and waits for it", "r0-r2-", LANE_DIALOGUE, "m1", "", false, true, LANE_WAIT },
		{ "but not for ever", "r0-r2-", LANE_DIALOGUE, "m1", "", false, false, 0 },
		{ "nor if it is not ready", "r0-x0-", LANE_DIALOGUE, "m1", "", false, true, 0 },
		{ "nor if its SIM may not send more", "r0-s0-", LANE_DIALOGUE, "m1", "", false, true, 0 },
		{ "its own modem, whatever its operator", "r0Ar0B", LANE_DIALOGUE, "m1", "A", false, true, 1 },
		{ "its own modem is not configured any more", "r0-", LANE_DIALOGUE, "old", "", false, true, 0 },
		{ "without one, its operator's", "r0Br1A", LANE_DIALOGUE, "", "A", false, false, 1 },
		{ "or any that is ready", "r0Bx0A", LANE_DIALOGUE, "", "A", false, false, 0 },
		{ "a campaign keeps off the reserved modem", "R0-r1-", LANE_CAMPAIGN, "", "", false, false, LANE_NONE },
		{ "a campaign leaves a place in each window", "r1-", LANE_CAMPAIGN, "", "", false, false, LANE_NONE },
		{ "a campaign on an idle modem", "r1-r0-", LANE_CAMPAIGN, "", "", false, false, 1 },
		{ "a campaign text goes by its operator's", "r0Br0A", LANE_CAMPAIGN, "", "A", false, false, 1 },
		{ "and by another while that one is busy", "r0Br1A", LANE_CAMPAIGN, "", "A", false, false, 0 },
		{ "a campaign stops at what its SIM may send", "s0-", LANE_CAMPAIGN, "", "", false, false, LANE_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lane_link links[4];
		size_t n = read_links(rows[i].links, links);
		const struct lane_text t = { rows[i].lane, CHANNEL_SMS, rows[i].modem, rows[i].operator_name, rows[i].tried, false,
			rows[i].patient };
		int choice = lane_choose(&t, links, n);
		if (choice != rows[i].choice)
			fail_msg("%s: %d instead of %d", rows[i].what, choice, rows[i].choice);
		if (choice >= 0)
			assert_true(lane_has_room(rows[i].lane, CHANNEL_SMS, links, n));
		if (choice == LANE_NONE)
			assert_false(lane_has_room(rows[i].lane, CHANNEL_SMS, links, n));
	}
}

/* Every modem is busy: the alert goes behind the text that began first. */
static void test_an_alert_waits_where_it_is_shortest(void **state)
{
	const struct lane_text alert = { .lane = LANE_ALERT, .modem = "", .operator_name = "" };
	struct lane_link links[4];
	size_t n = read_links("r1-r1-R1-", links);

	(void)state;
	links[0].busy_ms = 100;
	links[1].busy_ms = 2900;
	links[2].busy_ms = 1500;
	assert_int_equal(lane_choose(&alert, links, n), 1);
	links[1].open = 2;
	assert_int_equal(lane_choose(&alert, links, n), 2);
}

static void test_equal_links_take_turns(void **state)
{
	struct lane_link links[4];
	const struct lane_text t = { .lane = LANE_CAMPAIGN, .modem = "", .operator_name = "" };
	size_t n = read_links("r0-r0-r0-", links);

	(void)state;
	links[0].sent = 7;
	links[1].sent = 5;
	links[2].sent = 6;
	assert_int_equal(lane_choose(&t, links, n), 1);
}

/* A mail goes only by the link for mail, and that one carries nothing else; it has a window of its own. */
static void test_channels(void **state)
{
	struct lane_link links[] = {
		{ .name = "m0", .operator_name = "", .ready = true },
		{ .name = "notify", .operator_name = "", .ready = true, .channel = CHANNEL_MAIL, .open = WIRE_NOTIFY_WINDOW - 1 },
		{ .name = "notify", .operator_name = "", .ready = true, .channel = CHANNEL_WEBHOOK, .open = WIRE_NOTIFY_WINDOW },
	};
	static const int choices[CHANNEL_COUNT] = { 0, 1, LANE_NONE };

	(void)state;
	for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
		const struct lane_text t = { .lane = LANE_ALERT, .channel = (enum outbox_channel)channel, .modem = "", .operator_name = "" };
		assert_int_equal(lane_choose(&t, links, 3), choices[channel]);
		assert_int_equal(lane_has_room(LANE_ALERT, t.channel, links, 3), choices[channel] != LANE_NONE);
	}
	links[1].ready = false;
	assert_false(lane_has_room(LANE_ALERT, CHANNEL_MAIL, links, 3));
	assert_false(lane_has_room(LANE_ALERT, CHANNEL_MAIL, links, 1));
}

static void test_pinned(void **state)
{
	static const struct { const char *links; int choice; } rows[] = {
		{ "r0-r1-", 1 }, { "r0-r2-", LANE_WAIT }, { "r0-x0-", LANE_WAIT }, { "r0-", LANE_WAIT }, { "r0-R0-", 1 },
	};
	const struct lane_text t = { .lane = LANE_DIALOGUE, .modem = "m1", .operator_name = "", .pinned = true };
	struct lane_link links[4];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(lane_choose(&t, links, read_links(rows[i].links, links)), rows[i].choice);
	assert_int_equal(lane_choose(&(struct lane_text){ .lane = LANE_DIALOGUE, .modem = "m0", .operator_name = "", .pinned = true }, links,
		read_links("r0-r0-", links)), 0);
}

static void test_caps(void **state)
{
	static const struct { enum outbox_lane lane; int64_t sent, cap; bool spent; } rows[] = {
		{ LANE_ALERT, 100, 10, false },
		{ LANE_DIALOGUE, 9, 10, false }, { LANE_DIALOGUE, 10, 10, true }, { LANE_DIALOGUE, 10, 0, false },
		{ LANE_DIALOGUE, 99, 100, false }, { LANE_CAMPAIGN, 79, 100, false }, { LANE_CAMPAIGN, 80, 100, true },
		{ LANE_CAMPAIGN, 7, 10, false }, { LANE_CAMPAIGN, 8, 10, true }, { LANE_CAMPAIGN, 1000000, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(lane_is_spent(rows[i].lane, rows[i].sent, rows[i].cap), rows[i].spent);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lane), cmocka_unit_test(test_an_alert_waits_where_it_is_shortest), cmocka_unit_test(test_equal_links_take_turns), cmocka_unit_test(test_caps),
		cmocka_unit_test(test_channels),
		cmocka_unit_test(test_pinned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
