/* Whom a +CLIP line names: a number that can be texted, or nobody, whatever a network writes there. */
#include "cm.h"

#include <string.h>

#include "modem/call_number.h"

static void test_numbers(void **state)
{
	static const struct { const char *line, *number; } rows[] = {
		{ "+CLIP: \"+97600001234\",145,\"\",,\"\",0", "+97600001234" },
		{ "+CLIP: \"97600001234\",145", "+97600001234" },
		{ "+CLIP: \"00001234\",129", "00001234" },
		{ "+CLIP: \"\",128,\"\",,\"\",2", "" },
		{ "+CLIP:", "" },
		{ "+CLIP: ", "" },
		{ "+CLIP: \"", "" },
		{ "+CLIP: \"+\",145", "" },
		{ "+CLIP: \"++97600001234\",145", "" },
		{ "+CLIP: \"+976 0000 1234\",145", "" },
		{ "+CLIP: \"*100#\",129", "" },
		{ "+CLIP: \"Bank\",208", "" },
		{ "+CLIP: \"+9760000\x01" "1234\",145", "" },
		{ "+CLIP: \"\xD0\x90\xD0\x91\",145", "" },
		{ "+CLIP: \"002B00390037003600300030003000300031003200330034\",145", "+97600001234" },
		{ "+CLIP: \"002B0039003700360030003000300030003100320033003\",145", "" },  /* a digit short */
		{ "+CLIP: \"002B0039003700360400300030003000300031003200330034\",145", "" },
		{ "+CLIP: \"000000000000000000000000\",145", "" },                         /* NULs, or far too long */
		{ "+CLIP: \"0097600000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001"
			"0097600000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001\",145", "" },
		{ "+CLIP: \"+97600001234\",99999999999999999999", "+97600001234" },
		{ "+CLIP: \"+97600001234", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char number[WIRE_NUMBER_MAX + 1] = "before";
		call_number(rows[i].line, number);
		if (strcmp(number, rows[i].number) != 0)
			fail_msg("%s: \"%s\"", rows[i].line, number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_numbers) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
