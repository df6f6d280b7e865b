/* The profiles that are shipped: each is understood, each difference says where it is written down, and no USB id leads to two
 * families. */
#include "cm.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "core/config/profile.h"
#include "wire/profile.h"

#define MODEMS HL_SRCDIR "/modems"
#define PROFILES_LEAST 15
#define IDS_MAX 256

static glob_t found;

static int find_profiles(void **state)
{
	(void)state;
	return glob(MODEMS "/*.conf", 0, NULL, &found);
}

static int forget_profiles(void **state)
{
	(void)state;
	globfree(&found);
	return 0;
}

static void name_of(const char *path, char name[64])
{
	snprintf(name, 64, "%s", strrchr(path, '/') + 1);
	name[strlen(name) - strlen(".conf")] = '\0';
}

static void load(const char *path, struct modem_profile *p)
{
	struct conf_errors e = { .count = 0 };
	struct hl_reason why;
	char name[64];
	json_t *json;

	name_of(path, name);
	json = profile_read(MODEMS, name, "test", 1, &e);
	if (!json)
		fail_msg("%s", e.count ? e.list[0].text : path);
	assert_int_equal(modem_profile_decode(json, p, &why), 0);
	json_decref(json);
}

static void test_each_is_understood(void **state)
{
	static struct modem_profile p;

	(void)state;
	assert_true(found.gl_pathc >= PROFILES_LEAST);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		load(found.gl_pathv[i], &p);
		assert_true(p.description[0] != '\0');
	}
}

/* generic.conf shows every key with its default: what it says must be what the programs do without it. */
static void test_generic_says_the_defaults(void **state)
{
	static struct modem_profile said, meant;
	struct hl_reason why;

	(void)state;
	load(MODEMS "/generic.conf", &said);
	assert_int_equal(modem_profile_decode(NULL, &meant, &why), 0);
	assert_memory_equal(&said, &meant, sizeof(said));
}

struct ids {
	size_t count;
	struct { unsigned vendor, product; const char *path; } id[IDS_MAX];
};

static void add_ids(struct ids *ids, const struct profile_list *list, const char *path)
{
	struct profile_usb usb;

	for (size_t i = 0; i < list->count; i++) {
		assert_true(modem_profile_usb(list->item[i], &usb));
		for (size_t k = 0; k < ids->count; k++)
			if (ids->id[k].vendor == usb.vendor && ids->id[k].product == usb.product)
				fail_msg("%s is in %s and in %s", list->item[i], ids->id[k].path, path);
		assert_true(ids->count < IDS_MAX);
		ids->id[ids->count].vendor = usb.vendor;
		ids->id[ids->count].product = usb.product;
		ids->id[ids->count++].path = path;
	}
}

static void test_no_usb_id_twice(void **state)
{
	static struct modem_profile p;
	static struct ids ids;

	(void)state;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		load(found.gl_pathv[i], &p);
		add_ids(&ids, &p.usb, found.gl_pathv[i]);
		add_ids(&ids, &p.usb_storage, found.gl_pathv[i]);
	}
	assert_true(ids.count > 40);
}

static bool says_source(const char *line)
{
	const char *hash = strchr(line, '#');

	return hash && (strstr(hash, "Source:") || strstr(hash, "Not verified:"));
}

static bool is_setting(const char *line)
{
	size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyz_0123456789");

	return name && strncmp(line + name, " = ", 3) == 0;
}

/* On the setting's own line, or in the comment above it, which may stand above several settings without a blank line between. */
static void test_every_difference_says_its_source(void **state)
{
	char line[512];

	(void)state;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		bool source = false;
		FILE *f = fopen(found.gl_pathv[i], "re");
		assert_non_null(f);
		while (!strstr(found.gl_pathv[i], "/generic.conf") && fgets(line, sizeof(line), f)) {
			source = line[0] == '\n' ? false : source || says_source(line);
			if (is_setting(line) && strncmp(line, "description", 11) != 0 && !source)
				fail_msg("%s: no source is told for: %s", found.gl_pathv[i], line);
		}
		fclose(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_is_understood),
		cmocka_unit_test(test_generic_says_the_defaults),
		cmocka_unit_test(test_no_usb_id_twice),
		cmocka_unit_test(test_every_difference_says_its_source),
	};
	return cmocka_run_group_tests(tests, find_profiles, forget_profiles);
}
