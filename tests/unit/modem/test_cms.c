/* What refusals mean: the recipient's fault is final, ours and the network's is not, and silence of the network is
 * unknown. */
#include "cm.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_judge) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
