/* The profile of a modem that nobody named one for: by USB ids and model, among those that are shipped. */
#include "cm.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "core/config/profile.h"
#include "core/config/profiles.h"
#include "scratch.h"
#include "wire/profile.h"

static void test_shipped(void **state)
{
	static const struct { const char *usb, *model, *name; } rows[] = {
		{ "12d1:1506", "E3131", "huawei-e3131" },
		{ "12d1:1506", "", "huawei-e3131" },
		{ "12d1:1506", "E173", "huawei-e173" },      /* ids that several models share: the model decides */
		{ "1e0e:9001", "SIMCOM_SIM7600E", "sim7600" }, /* "1e0e:9001/2" in the profile */
		{ "1e0e:9001", "", "sim7600" },
		{ "", "SIMCOM_SIM800L", "sim800" },
		{ "1e0e:900", "", "generic" },
		{ "", "", "generic" },
		{ "0403:6001", "something", "generic" },
	};
	struct profiles *p = profiles_load(HL_SRCDIR "/modems");
	const char *name;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *found = profiles_find(p, rows[i].usb, rows[i].model, &name);
		assert_string_equal(name, rows[i].name);
		assert_int_equal(found != NULL, strcmp(name, "generic") != 0);
	}
	profiles_free(p);
}

/* A profile with a mistake is left out and its modem treated as any other: none of ours may be. Each asks to store, then tell. */
static void test_each_is_sound(void **state)
{
	static struct modem_profile profile;
	DIR *dir = opendir(HL_SRCDIR "/modems");
	struct dirent *e;
	size_t count = 0;

	(void)state;
	assert_non_null(dir);
	while ((e = readdir(dir))) {
		char *end = strstr(e->d_name, ".conf");
		struct conf_errors errors = { 0 };
		json_t *read;
		if (!end || end[5])
			continue;
		*end = '\0';
		read = profile_read(HL_SRCDIR "/modems", e->d_name, "", 0, &errors);
		if (!read)
			fail_msg("%s: %s", e->d_name, errors.list[0].text);
		assert_int_equal(modem_profile_decode(read, &profile, NULL), 0);
		for (size_t i = 0; i < profile.notify.count; i++)
			assert_memory_equal(profile.notify.item[i] + 1, ",1", 2);
		json_decref(read);
		count++;
	}
	closedir(dir);
	assert_true(count > 10);
}

static void write_profile(struct scratch *s, const char *name, const char *text)
{
	char path[256];
	FILE *f;

	scratch_path(s, name, path);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void test_one_with_a_mistake_is_left_out(void **state)
{
	struct scratch s;
	struct profiles *p;
	char folder[256];
	const char *name;

	(void)state;
	scratch_new(&s);
	write_profile(&s, "bad.conf", "usb = [ \"1111:1111\" ]; no_such_key = 1;\n");
	write_profile(&s, "good.conf", "usb = [ \"1111:1111\" ];\n");
	write_profile(&s, "Readme.txt", "not a profile\n");
	scratch_path(&s, "", folder);
	p = profiles_load(folder);
	assert_non_null(profiles_find(p, "1111:1111", "", &name));
	assert_string_equal(name, "good");
	profiles_free(p);
	p = profiles_load("/no/such/folder");
	assert_null(profiles_find(p, "1111:1111", "", NULL));
	profiles_free(p);
	scratch_remove(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped), cmocka_unit_test(test_each_is_sound), cmocka_unit_test(test_one_with_a_mistake_is_left_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
