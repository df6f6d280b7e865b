#include "core/config/profiles.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "core/config/profile.h"
#include "wire/profile.h"

#define SUFFIX ".conf"
#define USB_LEN 9 /* "12d1:1506" */

struct entry {
	char name[32];
	json_t *profile;
	struct profile_list usb, models;
};

struct profiles {
	struct entry entries[PROFILES_MAX];
	size_t count;
};

static void keep_lists(struct entry *e)
{
	struct modem_profile *decoded = hl_calloc(1, sizeof(*decoded));

	if (modem_profile_decode(e->profile, decoded, NULL) == 0) {
		e->usb = decoded->usb;
		e->models = decoded->models;
	}
	free(decoded);
}

static void load_one(struct profiles *p, const char *dir, const char *name)
{
	struct conf_errors *errors = hl_calloc(1, sizeof(*errors));
	struct entry *e = &p->entries[p->count];

	e->profile = profile_read(dir, name, dir, 0, errors);
	if (e->profile) {
		hl_strlcpy(e->name, sizeof(e->name), name);
		keep_lists(e);
		p->count++;
	} else {
		hl_log(HL_LOG_WARNING, "profile", "left_out name=%s reason=\"%s\"", name, errors->list[0].text);
	}
	free(errors);
}

static int is_profile(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name), suffix = strlen(SUFFIX);

	return len > suffix && len < 32 + suffix && strcmp(entry->d_name + len - suffix, SUFFIX) == 0;
}

struct profiles *profiles_load(const char *dir)
{
	struct profiles *p = hl_calloc(1, sizeof(*p));
	struct dirent **files;
	int count = scandir(dir, &files, is_profile, alphasort);

	for (int i = 0; i < count; i++) {
		files[i]->d_name[strlen(files[i]->d_name) - strlen(SUFFIX)] = '\0';
		if (p->count < PROFILES_MAX)
			load_one(p, dir, files[i]->d_name);
		else
			hl_log(HL_LOG_WARNING, "profile", "left_out name=%s reason=\"more than %d profiles\"", files[i]->d_name, PROFILES_MAX);
		free(files[i]);
	}
	if (count >= 0)
		free(files);
	return p;
}

static bool is_named(const struct config *c, const char *name)
{
	for (size_t i = 0; i < c->modem_count; i++)
		if (strcmp(c->modems[i].profile_name, name) == 0)
			return true;
	return false;
}

void profiles_check(const struct config *c, struct conf_errors *errors)
{
	struct dirent **files;
	int count = scandir(c->modems_dir, &files, is_profile, alphasort);

	for (int i = 0; i < count; i++) {
		size_t before = errors->count;
		files[i]->d_name[strlen(files[i]->d_name) - strlen(SUFFIX)] = '\0';
		if (!is_named(c, files[i]->d_name))
			json_decref(profile_read(c->modems_dir, files[i]->d_name, c->modems_dir, 0, errors));
		errors->gentle += errors->count - before;
		free(files[i]);
	}
	if (count >= 0)
		free(files);
}

void profiles_free(struct profiles *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->count; i++)
		json_decref(p->entries[i].profile);
	free(p);
}

const char *profiles_name(const struct profiles *p, size_t i)
{
	return i < p->count ? p->entries[i].name : NULL;
}

json_t *profiles_get(const struct profiles *p, size_t i)
{
	return i < p->count ? p->entries[i].profile : NULL;
}

/* What an entry says after the ids is which interface is the AT port. */
static bool lists_usb(const struct profile_list *list, const char *usb)
{
	for (size_t i = 0; i < list->count; i++)
		if (strlen(usb) == USB_LEN && strncmp(list->item[i], usb, USB_LEN) == 0)
			return true;
	return false;
}

json_t *profiles_find(const struct profiles *p, const char *usb, const char *model, const char **name)
{
	const struct entry *best = NULL;
	int best_score = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct entry *e = &p->entries[i];
		int score = (lists_usb(&e->usb, usb) ? 1 : 0) + (*model && modem_profile_lists(&e->models, model) ? 2 : 0);
		if (score > best_score) {
			best = e;
			best_score = score;
		}
	}
	if (name)
		*name = best ? best->name : "generic";
	return best ? best->profile : NULL;
}
