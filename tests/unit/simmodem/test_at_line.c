/* Command lines taken apart as V.250 has them. */
#include "cm.h"

#include <string.h>

#include "simmodem/at_line.h"

struct wanted {
	const char *name;
	enum at_form form;
	const char *args;
};

static void test_commands(void **state)
{
	static const struct { const char *line; struct wanted cmd[4]; int end; } rows[] = {
		{ "", { { 0 } }, 0 },
		{ "e0", { { "E", AT_EXEC, "0" } }, 0 },
		{ "E0V1Q0", { { "E", AT_EXEC, "0" }, { "V", AT_EXEC, "1" }, { "Q", AT_EXEC, "0" } }, 0 },
		{ "&F&D2", { { "&F", AT_EXEC, "" }, { "&D", AT_EXEC, "2" } }, 0 },
		{ "S3=13S4?", { { "S3", AT_SET, "13" }, { "S4", AT_READ, "" } }, 0 },
		{ "+CMGF=0;+CNMI=2,1", { { "+CMGF", AT_SET, "0" }, { "+CNMI", AT_SET, "2,1" } }, 0 },
		{ "+CREG?;+CSQ;+CPMS=?", { { "+CREG", AT_READ, "" }, { "+CSQ", AT_EXEC, "" }, { "+CPMS", AT_TEST, "" } }, 0 },
		{ "+CUSD=1,\"a;b\",15;E1", { { "+CUSD", AT_SET, "1,\"a;b\",15" }, { "E", AT_EXEC, "1" } }, 0 },
		{ "^CURC=0", { { "^CURC", AT_SET, "0" } }, 0 },
		{ "D*100#;", { { "D", AT_EXEC, "*100#;" } }, 0 },
		{ "E0 ; +csq", { { "E", AT_EXEC, "0" }, { "+CSQ", AT_EXEC, "" } }, 0 },
		{ "+CSQ x", { { 0 } }, HL_EINVAL },
		{ "+CREG?x", { { 0 } }, HL_EINVAL },
		{ "+ABCDEFGHIJKLMNOPQRSTUVWXYZ", { { 0 } }, HL_EINVAL },
		{ "E0\x01", { { "E", AT_EXEC, "0" } }, HL_EINVAL },
		{ "&", { { 0 } }, HL_EINVAL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *rest = rows[i].line;
		struct at_command cmd;
		for (const struct wanted *w = rows[i].cmd; w->name; w++) {
			assert_int_equal(at_line_next(&rest, &cmd), 1);
			assert_string_equal(cmd.name, w->name);
			assert_int_equal(cmd.form, w->form);
			assert_int_equal(cmd.args_len, strlen(w->args));
			assert_memory_equal(cmd.args, w->args, cmd.args_len);
		}
		assert_int_equal(at_line_next(&rest, &cmd), rows[i].end);
	}
}

static void test_values(void **state)
{
	static const struct { const char *args; int count; const char *value[4]; } rows[] = {
		{ "", 0, { 0 } },
		{ "1", 1, { "1" } },
		{ "2,1,,0", 4, { "2", "1", "", "0" } },
		{ "\"SM\",\"M,E\"", 2, { "SM", "M,E" } },
		{ " 1 , \"a\" ", 2, { "1 ", "a" } },
		{ ",", 2, { "", "" } },
		{ "\"open", HL_EINVAL, { 0 } },
		{ "\"a\"b", HL_EINVAL, { 0 } },
		{ "1,2,3,4,5", HL_EINVAL, { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct at_command cmd = { .form = AT_SET, .args = rows[i].args, .args_len = strlen(rows[i].args) };
		struct at_value v[4];
		assert_int_equal(at_values_split(&cmd, v, 4), rows[i].count);
		for (int k = 0; k < rows[i].count; k++) {
			assert_int_equal(v[k].len, strlen(rows[i].value[k]));
			assert_memory_equal(v[k].text, rows[i].value[k], v[k].len);
		}
	}
}

static void test_numbers(void **state)
{
	static const struct { const char *text; int result, value; } rows[] = {
		{ "0", 0, 0 }, { "255", 0, 255 }, { "", 0, 7 }, { "256", HL_EINVAL, 0 },
		{ "-1", HL_EINVAL, 0 }, { "1x", HL_EINVAL, 0 },
		{ "99999999999999999999", HL_EINVAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct at_value v = { rows[i].text, strlen(rows[i].text), false };
		int n;
		assert_int_equal(at_value_int(&v, 7, 0, 255, &n), rows[i].result);
		if (rows[i].result == 0)
			assert_int_equal(n, rows[i].value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
