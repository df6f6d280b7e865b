/* Whose a number and a SIM is. */
#include <string.h>

#include "cm.h"
#include "core/config/config.h"

static const char text[] =
	"database = \"t.db\"; keys = \"keys\"; keyring = \"keyring\";\n"
	"operators = ( { name = \"A\"; networks = \"42899\"; prefixes = \"00001 00002 0000\"; },\n"
	"  { name = \"B\"; networks = \"42888  428881\"; prefixes = \"00003 000045\"; }, { name = \"C\"; } );\n";

static struct config *load(void)
{
	struct conf_errors e = { .count = 0 };
	struct config *c = config_load_text("t.conf", text, strlen(text), &e);

	assert_non_null(c);
	return c;
}

static void test_numbers(void **state)
{
	static const struct { const char *number; int operator; } rows[] = {
		{ "+97600001001", 0 }, { "+97600002001", 0 }, { "+97600007001", 0 }, { "+97600003001", 1 }, { "+97600004501", 1 },
		{ "+97600004101", 0 }, /* the longest prefix decides */ { "+00000001001", OPERATOR_NONE }, { "+976", OPERATOR_NONE },
		{ "00001001", OPERATOR_NONE }, { "", OPERATOR_NONE }, { "BANK", OPERATOR_NONE },
	};
	struct config *c = load();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(operator_of_number(c, rows[i].number), rows[i].operator);
	config_free(c);
}

static void test_sims(void **state)
{
	static const struct { const char *imsi; int operator; } rows[] = {
		{ "428990000000001", 0 }, { "428880000000001", 1 }, { "428910000000001", OPERATOR_NONE }, { "", OPERATOR_NONE },
		{ "4289", OPERATOR_NONE },
	};
	struct config *c = load();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(operator_of_imsi(c, rows[i].imsi), rows[i].operator);
	config_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_numbers), cmocka_unit_test(test_sims) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
