/* The life of a campaign, every state with every event; and where its recipients stand. */
#include <string.h>

#include "cm.h"
#include "core/campaign/campaign_state.h"
#include "core/campaign/recipient_state.h"
#include "core/outbound/outbox.h"

/* States: D draft, A approved, S scheduled, R running, P paused, E errors, B budget, Y emergency, L balance, Q quiet, F finished,
 * C cancelled, X archived. */
static const char letters[] = "DASRPEBYLQFCX";

static void test_table(void **state)
{
	/* A row for each state, a column for each event: approve withdraw schedule start pause resume, errors budget emergency balance
	 * quiet clear, finish cancel archive. */
	static const char *const rows[CAMPAIGN_STATES] = {
		/* D */ "A..... ...... .C.",
		/* A */ ".DSR.. ...... .C.",
		/* S */ ".DSR.. ...... .C.",
		/* R */ "....P. EBYLQ. FC.",
		/* P */ ".....R ...... FC.",
		/* E */ "....PR ...... FC.",
		/* B */ "....PR ...... FC.",
		/* Y */ "....P. EB.LQR FC.",
		/* L */ "....P. EBY.QR FC.",
		/* Q */ "....P. EBYL.R FC.",
		/* F */ "...... ...... ..X",
		/* C */ "...... ...... ..X",
		/* X */ "...... ...... ...",
	};

	(void)state;
	assert_int_equal(strlen(letters), CAMPAIGN_STATES);
	for (int s = 0; s < CAMPAIGN_STATES; s++) {
		int e = 0;
		for (const char *c = rows[s]; *c; c++) {
			int next;
			if (*c == ' ')
				continue;
			next = campaign_state_next((enum campaign_state)s, (enum campaign_event)e);
			assert_int_equal(next, *c == '.' ? CAMPAIGN_IGNORE : strchr(letters, *c) - letters);
			e++;
		}
		assert_int_equal(e, CAMPAIGN_EVENTS);
	}
}

static bool is_live(int state)
{
	return state == CAMPAIGN_RUNNING || campaign_state_is_paused((enum campaign_state)state);
}

/* Nothing but a start begins, whatever pauses can be left, and what is over stays over. */
static void test_laws(void **state)
{
	(void)state;
	for (int s = 0; s < CAMPAIGN_STATES; s++) {
		for (int e = 0; e < CAMPAIGN_EVENTS; e++) {
			int next = campaign_state_next((enum campaign_state)s, (enum campaign_event)e);
			if (next == CAMPAIGN_IGNORE)
				continue;
			if (is_live(next) && !is_live(s))
				assert_int_equal(e, CAMPAIGN_EV_START);
			if (s >= CAMPAIGN_FINISHED)
				assert_int_equal(next, CAMPAIGN_ARCHIVED);
			if (s == CAMPAIGN_PAUSED && next == CAMPAIGN_RUNNING)
				assert_int_equal(e, CAMPAIGN_EV_RESUME);
		}
		if (is_live(s))
			assert_int_equal(campaign_state_next((enum campaign_state)s, CAMPAIGN_EV_CANCEL), CAMPAIGN_CANCELLED);
	}
}

static void test_recipient(void **state)
{
	static const struct { enum outbox_state text; enum recipient_state is; } rows[] = {
		{ OUTBOX_QUEUED, RECIPIENT_QUEUED }, { OUTBOX_LEASED, RECIPIENT_QUEUED }, { OUTBOX_SUBMITTING, RECIPIENT_QUEUED },
		{ OUTBOX_SENT, RECIPIENT_SENT }, { OUTBOX_DELIVERED, RECIPIENT_DELIVERED },
		{ OUTBOX_UNDELIVERED, RECIPIENT_UNDELIVERED }, { OUTBOX_FAILED, RECIPIENT_FAILED }, { OUTBOX_UNKNOWN, RECIPIENT_UNKNOWN },
		{ OUTBOX_CANCELLED, RECIPIENT_SKIPPED }, { OUTBOX_REFUSED, RECIPIENT_SKIPPED }, { OUTBOX_READ, RECIPIENT_DELIVERED },
	};

	(void)state;
	assert_int_equal(sizeof(rows) / sizeof(rows[0]), OUTBOX_STATES);
	for (size_t i = 0; i < OUTBOX_STATES; i++) {
		assert_int_equal(recipient_state_of_text((int)rows[i].text), rows[i].is);
		assert_int_not_equal(rows[i].is, RECIPIENT_WAITING); /* or somebody would be texted twice */
	}
	assert_int_equal(recipient_state_of_text(OUTBOX_STATES), RECIPIENT_STATES);
	assert_int_equal(recipient_state_of_text(-1), RECIPIENT_STATES);
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(test_table), cmocka_unit_test(test_laws), cmocka_unit_test(test_recipient) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
