/* What refusals mean: the recipient's fault is final, ours and the network's is not, and silence of the network is
 * unknown. */
#include "cm.h"

#include <string.h>

#include "modem/cms.h"

static void test_judge(void **state)
{
	static const struct { enum at_kind kind; int code; enum cms_verdict verdict; } rows[] = {
		{ AT_KIND_CMS, 1, CMS_FINAL }, { AT_KIND_CMS, 28, CMS_FINAL }, { AT_KIND_CMS, 195, CMS_FINAL },
		{ AT_KIND_CMS, 304, CMS_FINAL }, { AT_KIND_CMS, 8, CMS_TEMPORARY }, { AT_KIND_CMS, 27, CMS_TEMPORARY },
		{ AT_KIND_CMS, 38, CMS_TEMPORARY }, { AT_KIND_CMS, 42, CMS_TEMPORARY }, { AT_KIND_CMS, 322, CMS_TEMPORARY },
		{ AT_KIND_CMS, 331, CMS_TEMPORARY }, { AT_KIND_CMS, 192, CMS_WAIT }, { AT_KIND_CMS, 314, CMS_WAIT },
		{ AT_KIND_CMS, 332, CMS_UNKNOWN }, { AT_KIND_CMS, 999, CMS_UNKNOWN }, { AT_KIND_CME, 14, CMS_WAIT },
		{ AT_KIND_CME, 10, CMS_TEMPORARY }, { AT_KIND_CME, 31, CMS_UNKNOWN }, { AT_KIND_CME, 1, CMS_UNKNOWN },
		{ AT_KIND_ERROR, 0, CMS_UNKNOWN }, { AT_KIND_CMS, 500, CMS_UNKNOWN }, { AT_KIND_CMS, 300, CMS_UNKNOWN },
		{ AT_KIND_CMS, 0, CMS_UNKNOWN }, { AT_KIND_CMS, 200, CMS_TEMPORARY }, { AT_KIND_CMS, 100, CMS_TEMPORARY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *why = NULL;
		assert_int_equal(cms_judge(rows[i].kind, rows[i].code, &why), rows[i].verdict);
		assert_non_null(why);
	}
}

static void test_judge_sim(void **state)
{
	static const struct { enum at_kind kind; int code; enum cms_sim sim; } rows[] = {
		{ AT_KIND_CMS, 310, CMS_SIM_GONE }, { AT_KIND_CMS, 311, CMS_SIM_LOCKED }, { AT_KIND_CMS, 316, CMS_SIM_LOCKED },
		{ AT_KIND_CMS, 314, CMS_SIM_BUSY }, { AT_KIND_CME, 10, CMS_SIM_GONE }, { AT_KIND_CME, 11, CMS_SIM_LOCKED },
		{ AT_KIND_CME, 12, CMS_SIM_LOCKED }, { AT_KIND_CME, 515, CMS_SIM_BUSY }, { AT_KIND_CMS, 10, CMS_SIM_FINE },
		{ AT_KIND_CMS, 331, CMS_SIM_FINE }, { AT_KIND_CME, 9999, CMS_SIM_FINE }, { AT_KIND_ERROR, 11, CMS_SIM_FINE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(cms_judge_sim(rows[i].kind, rows[i].code), rows[i].sim);
}

/* All that is final, because no other try and no other modem helps; all that may have been sent; all that waits a moment. Whatever else is
 * refused is tried again: an alert must not end by a number that nobody thought of. */
static void test_every_number(void **state)
{
	static const struct { enum at_kind kind; enum cms_verdict verdict; int codes[32]; } lists[] = {
		{ AT_KIND_CMS, CMS_FINAL, { 1, 28, 30, 95, 96, 97, 99, 128, 129, 143, 144, 145, 159, 160, 161, 175, 176, 195, 196, 197, 198, 199,
			304, 305 } },
		{ AT_KIND_CMS, CMS_WAIT, { 192, 212, 301, 314, 515 } },
		{ AT_KIND_CME, CMS_FINAL, { 0 } },
		{ AT_KIND_CME, CMS_WAIT, { 14, 515 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		for (int code = 1; code < 600; code++) {
			bool is = false;
			const char *why;
			for (size_t k = 0; k < 32; k++)
				is = is || lists[i].codes[k] == code;
			if ((cms_judge(lists[i].kind, code, &why) == lists[i].verdict) != is)
				fail_msg("%s %d", lists[i].kind == AT_KIND_CMS ? "CMS" : "CME", code);
		}
	}
}

static void test_every_number_of_a_sim(void **state)
{
	static const struct { enum at_kind kind; enum cms_sim sim; int codes[8]; } lists[] = {
		{ AT_KIND_CMS, CMS_SIM_GONE, { 310, 313, 315 } }, { AT_KIND_CMS, CMS_SIM_LOCKED, { 311, 312, 316 } },
		{ AT_KIND_CMS, CMS_SIM_BUSY, { 314 } }, { AT_KIND_CME, CMS_SIM_GONE, { 10, 13, 15 } },
		{ AT_KIND_CME, CMS_SIM_LOCKED, { 5, 11, 12 } }, { AT_KIND_CME, CMS_SIM_BUSY, { 14, 515 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		for (int code = 1; code < 600; code++) {
			bool is = false;
			for (size_t k = 0; k < 8; k++)
				is = is || lists[i].codes[k] == code;
			if ((cms_judge_sim(lists[i].kind, code) == lists[i].sim) != is)
				fail_msg("%s %d", lists[i].kind == AT_KIND_CMS ? "CMS" : "CME", code);
		}
	}
}

/* Every number that the table knows says where it comes from. */
static void test_source(void **state)
{
	const char *why;
	int known = 0;

	(void)state;
	for (int code = 0; code < 600; code++) {
		const char *source = cms_source(AT_KIND_CMS, code);
		known += source != NULL;
		assert_true(!source || strstr(source, "TS ") || strcmp(source, "maker") == 0);
		if (!source) /* and no other number is judged on its own */
			assert_int_equal(cms_judge(AT_KIND_CMS, code, &why), code > 0 && code <= 255 ? CMS_TEMPORARY : CMS_UNKNOWN);
	}
	assert_true(known > 60);
	assert_string_equal(cms_source(AT_KIND_CMS, 38), "TS 24.011 8.2.5.4 table 8.4, annex E.2");
	assert_string_equal(cms_source(AT_KIND_CMS, 208), "TS 23.040 9.2.3.22");
	assert_string_equal(cms_source(AT_KIND_CMS, 322), "TS 27.005 3.2.5");
	assert_string_equal(cms_source(AT_KIND_CME, 11), "TS 27.007 9.2.1");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_judge), cmocka_unit_test(test_judge_sim),
		cmocka_unit_test(test_every_number), cmocka_unit_test(test_every_number_of_a_sim),
		cmocka_unit_test(test_source) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
