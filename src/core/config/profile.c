#include "core/config/profile.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "wire/profile.h"

static json_t *value_of(const config_setting_t *s);

static json_t *group_of(const config_setting_t *s)
{
	json_t *object = json_object();

	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *m = config_setting_get_elem((config_setting_t *)(uintptr_t)s, (unsigned)i);
		json_object_set_new(object, config_setting_name(m), value_of(m));
	}
	return object;
}

static json_t *list_of(const config_setting_t *s)
{
	json_t *array = json_array();

	for (int i = 0; i < config_setting_length(s); i++)
		json_array_append_new(array, value_of(config_setting_get_elem((config_setting_t *)(uintptr_t)s, (unsigned)i)));
	return array;
}

static json_t *value_of(const config_setting_t *s)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_GROUP:
		return group_of(s);
	case CONFIG_TYPE_LIST:
	case CONFIG_TYPE_ARRAY:
		return list_of(s);
	case CONFIG_TYPE_STRING:
		return json_string(config_setting_get_string(s));
	case CONFIG_TYPE_BOOL:
		return json_boolean(config_setting_get_bool(s));
	case CONFIG_TYPE_FLOAT:
		return json_real(config_setting_get_float(s));
	default:
		return json_integer(config_setting_get_int64(s));
	}
}

/* The profile whose name is nearly this one, "" if none. */
static void similar_profile(const char *dir, const char *name, char out[64])
{
	DIR *d = opendir(dir);
	const struct dirent *entry;

	*out = '\0';
	while (d && (entry = readdir(d)) && !*out) {
		char stem[64];
		size_t len = strlen(entry->d_name);
		if (len <= 5 || len >= sizeof(stem) || strcmp(entry->d_name + len - 5, ".conf") != 0)
			continue;
		hl_strlcpy(stem, sizeof(stem), entry->d_name);
		stem[len - 5] = '\0';
		if (conf_similar(stem, name))
			hl_strlcpy(out, 64, stem);
	}
	if (d)
		closedir(d);
}

static void unknown_profile(const char *dir, const char *name, const char *file, int line, struct conf_errors *e)
{
	char near[64];

	similar_profile(dir, name, near);
	if (*near)
		conf_error(e, file, line, "no profile \"%s\": did you mean \"%s\"?", name, near);
	else
		conf_error(e, file, line, "no profile \"%s\" in the folder of profiles (modems_dir)", name);
}

/* What a key that there is not was meant to be. */
static const char *similar_key(const char *key)
{
	const char *name;

	for (size_t i = 0; (name = modem_profile_key(i)); i++)
		if (conf_similar(name, key))
			return name;
	return NULL;
}

/* The table of wire/profile.h names the key at fault: first in its reason, or last where it knows none of that name. */
static void check_profile(const char *path, const config_setting_t *root, const json_t *profile, struct conf_errors *e)
{
	struct modem_profile *decoded = hl_calloc(1, sizeof(*decoded));
	struct hl_reason why;
	const char *meant;
	char key[64];

	if (modem_profile_decode(profile, decoded, &why)) {
		const char *last = strrchr(why.text, ' ');
		hl_strlcpy(key, sizeof(key), why.text);
		key[strcspn(key, ":")] = '\0';
		meant = NULL;
		if (last && !config_setting_get_member(root, key)) {
			hl_strlcpy(key, sizeof(key), last + 1);
			meant = similar_key(key);
		}
		conf_error(e, path, conf_line(root, key), "%s%s%s", why.text, meant ? ": did you mean " : "", meant ? meant : "");
	}
	free(decoded);
}

json_t *profile_read(const char *dir, const char *name, const char *file, int line, struct conf_errors *e)
{
	size_t before = e->count;
	json_t *profile = NULL;
	char path[320];
	config_t cfg;

	if (*name == '\0' || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(name)) {
		conf_error(e, file, line, "a profile's name may have a-z, 0-9, - and _ only");
		return NULL;
	}
	snprintf(path, sizeof(path), "%s/%s.conf", dir, name);
	if (access(path, F_OK)) {
		unknown_profile(dir, name, file, line, e);
		return NULL;
	}
	if (conf_read(path, &cfg, e) == 0) {
		profile = group_of(config_root_setting(&cfg));
		check_profile(path, config_root_setting(&cfg), profile, e);
	}
	config_destroy(&cfg);
	if (e->count == before)
		return profile;
	json_decref(profile);
	return NULL;
}
