/* What the health room decides: whether a modem is worth a warning, whether it is too quiet, whose a test text is. */
#include <string.h>
#include <sys/stat.h>

#include "cm.h"
#include "core/health/loop_text.h"
#include "core/health/modem_news.h"
#include "core/health/silence.h"
#include "scratch.h"

/* A row is a moment: seconds, whether the modem is ready, and what is told. */
static void test_modem_news(void **state)
{
	static const struct { int64_t s; bool ready; enum modem_news news; } rows[] = {
		{ 0, false, MODEM_NOTHING },                             /* it may still be starting */
		{ 59, false, MODEM_NOTHING }, { 60, false, MODEM_DOWN }, { 65, false, MODEM_NOTHING }, { 9999, false, MODEM_NOTHING },
		{ 10000, true, MODEM_NOTHING }, { 10059, true, MODEM_NOTHING }, { 10060, true, MODEM_UP }, { 10065, true, MODEM_NOTHING },
		{ 20000, false, MODEM_NOTHING }, { 20050, true, MODEM_NOTHING }, /* away for less than that */
		{ 20100, false, MODEM_NOTHING }, { 20160, false, MODEM_DOWN },
		{ 20170, true, MODEM_NOTHING }, { 20180, false, MODEM_NOTHING }, { 20240, false, MODEM_NOTHING }, /* it comes and goes */
		{ 20250, true, MODEM_NOTHING }, { 20310, true, MODEM_UP },
	};
	struct modem_mood m = { .known = false };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (modem_news_decide(&m, rows[i].ready, rows[i].s * 1000, 60000) != rows[i].news)
			fail_msg("at %lld s", (long long)rows[i].s);
}

/* Hours as text: the newest first, "texts/before " each. */
static size_t quiet_for(const char *text, size_t weeks)
{
	struct silence_hour hours[SILENCE_HOURS + 4];
	long long texts, before;
	size_t n = 0;
	int used;

	for (; sscanf(text, "%lld/%lld %n", &texts, &before, &used) == 2; text += used)
		hours[n++] = (struct silence_hour){ texts, before };
	return silence_hours(hours, n, weeks);
}

static void test_silence(void **state)
{
	static const struct { const char *what, *hours; size_t weeks, quiet; } rows[] = {
		{ "as always", "10/40 10/40", 4, 0 },
		{ "nothing where twelve are usual", "0/48 10/40", 4, 1 },
		{ "nothing where two are usual says nothing", "0/8", 4, 0 },
		{ "but for six hours it does", "0/8 0/8 0/8 0/8 0/8 0/8", 4, 6 },
		{ "a night is quiet as ever", "0/1 0/0 0/1 0/0 1/1", 4, 0 },
		{ "less, though not nothing", "20/240", 4, 1 },
		{ "a little less", "50/240", 4, 0 },
		{ "more", "500/240", 4, 0 },
		{ "far more than a double can hold", "0/40000", 4, 1 },
		{ "one week is nothing to compare with", "0/40", 1, 0 },
		{ "nor is none", "0/0", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (quiet_for(rows[i].hours, rows[i].weeks) != rows[i].quiet)
			fail_msg("%s: %zu", rows[i].what, quiet_for(rows[i].hours, rows[i].weeks));
}

static struct vault *open_vault(struct scratch *scratch, const char *name)
{
	char dir[256], ring[300];
	struct hl_reason why;
	struct vault *v;

	assert_int_equal(mkdir(scratch_path(scratch, name, dir), 0700), 0);
	snprintf(ring, sizeof(ring), "%s/ring", dir);
	assert_int_equal(mkdir(ring, 0700), 0);
	assert_int_equal(vault_create_keys(dir, &why), 0);
	assert_int_equal(vault_open(dir, ring, &v, &why), 0);
	return v;
}

static void test_loop_text(void **state)
{
	const struct loop_text t = { "modem-with-a-name-of-32-letters-", "m2", INT64_C(1795336205123) };
	char text[LOOP_TEXT_MAX + 1], other[2 * LOOP_TEXT_MAX];
	struct loop_text got;
	struct scratch scratch;
	struct vault *v, *stranger;

	(void)state;
	scratch_new(&scratch);
	v = open_vault(&scratch, "ours");
	stranger = open_vault(&scratch, "theirs");
	loop_text_make(v, &t, text);
	assert_true(loop_text_read(v, text, &got));
	assert_string_equal(got.from, t.from);
	assert_string_equal(got.to, t.to);
	assert_int_equal(got.time_ms, t.time_ms);
	assert_false(loop_text_read(stranger, text, &got));
	for (size_t i = 0; text[i]; i++) { /* every letter counts */
		strcpy(other, text);
		other[i] ^= 1;
		assert_false(loop_text_read(v, other, &got));
		strcpy(other, text);
		other[i] = '\0';
		assert_false(loop_text_read(v, other, &got));
	}
	snprintf(other, sizeof(other), "%s and a child is in danger", text);
	assert_false(loop_text_read(v, other, &got));
	vault_close(v);
	vault_close(stranger);
	scratch_remove(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modem_news), cmocka_unit_test(test_silence), cmocka_unit_test(test_loop_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
