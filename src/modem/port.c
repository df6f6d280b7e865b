#include "modem/port.h"

#include <dirent.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

#define FOLDER_ENTRIES_MAX 256 /* that are looked at in one folder: /dev has some hundred */
#define USB_DEPTH_MAX 4        /* tty, port, interface, device */

static const char *const link_folders[] = { "/dev/hotline", "/dev/serial/by-id", "/dev/serial/by-path" };
#define LINK_FOLDERS (sizeof(link_folders) / sizeof(link_folders[0]))

/* ---- USB ids --------------------------------------------------------------------------------------------------- */

/* Four hexadecimal digits of a file of one line. */
static bool read_id(const char *folder, const char *file, char out[5])
{
	char path[PATH_MAX], line[16] = "";
	FILE *f;

	if (snprintf(path, sizeof(path), "%s/%s", folder, file) >= (int)sizeof(path))
		return false;
	f = fopen(path, "re");
	if (!f)
		return false;
	if (!fgets(line, sizeof(line), f))
		line[0] = '\0';
	fclose(f);
	if (strspn(line, "0123456789abcdef") != 4)
		return false;
	hl_strlcpy(out, 5, line); /* cut after four, which is meant */
	return true;
}

void port_read_usb(const char *tty, char out[12])
{
	char real[PATH_MAX], path[PATH_MAX], vendor[5], product[5];

	*out = '\0';
	if (!realpath(tty, real))
		return;
	if (snprintf(path, sizeof(path), "/sys/class/tty/%s/device", basename(real)) >= (int)sizeof(path) || !realpath(path, real))
		return;
	for (int i = 0; i < USB_DEPTH_MAX; i++) {
		if (read_id(real, "idVendor", vendor) && read_id(real, "idProduct", product)) {
			snprintf(out, 12, "%s:%s", vendor, product);
			return;
		}
		hl_strlcpy(real, sizeof(real), dirname(real));
	}
}

/* ---- other names ----------------------------------------------------------------------------------------------- */

static bool is_tty_device(const char *path, dev_t *rdev)
{
	struct stat st;

	if (stat(path, &st) || !S_ISCHR(st.st_mode))
		return false;
	*rdev = st.st_rdev;
	return true;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_no_dot(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Calls each with every path in the folder, in order, until it says no. */
static void walk(const char *folder, bool (*each)(void *arg, const char *path, const char *name), void *arg)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_no_dot, by_name);
	bool on = true;

	for (int i = 0; i < count; i++) {
		char path[PATH_MAX];
		if (on && i < FOLDER_ENTRIES_MAX &&
		    snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name) < (int)sizeof(path))
			on = each(arg, path, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

struct link_search {
	dev_t rdev;
	char *out;
	size_t size;
};

static bool add_link(void *arg, const char *path, const char *name)
{
	struct link_search *s = arg;
	size_t len = strlen(s->out);
	dev_t rdev;

	(void)name;
	if (!strchr(path, ' ') && is_tty_device(path, &rdev) && rdev == s->rdev && len + 1 + strlen(path) < s->size)
		snprintf(s->out + len, s->size - len, "%s%s", len ? " " : "", path);
	return true;
}

void port_read_links(const char *tty, char *out, size_t size)
{
	struct link_search s = { .out = out, .size = size };
	char real[PATH_MAX];

	*out = '\0';
	if (!is_tty_device(tty, &s.rdev))
		return;
	if (realpath(tty, real) && strcmp(real, tty) != 0)
		add_link(&s, real, "");
	for (size_t i = 0; i < LINK_FOLDERS; i++)
		walk(link_folders[i], add_link, &s);
}

/* ---- candidates ------------------------------------------------------------------------------------------------ */

struct candidate_search {
	struct port_candidates *out;
	dev_t seen[PORT_CANDIDATES_MAX + 1]; /* and the tty itself */
	size_t seen_count;
	bool devices;                        /* the folder is /dev, with much that is no modem */
};

static bool add_candidate(void *arg, const char *path, const char *name)
{
	struct candidate_search *s = arg;
	dev_t rdev;

	if (s->out->count == PORT_CANDIDATES_MAX)
		return false;
	if (s->devices && strncmp(name, "ttyUSB", 6) != 0 && strncmp(name, "ttyACM", 6) != 0)
		return true;
	if (!is_tty_device(path, &rdev) || strlen(path) > WIRE_PATH_MAX)
		return true;
	for (size_t i = 0; i < s->seen_count; i++)
		if (s->seen[i] == rdev)
			return true;
	s->seen[s->seen_count++] = rdev;
	hl_strlcpy(s->out->path[s->out->count++], sizeof(s->out->path[0]), path);
	return true;
}

static void add_folder(struct candidate_search *s, const char *folder)
{
	s->devices = strcmp(folder, "/dev") == 0;
	walk(folder, add_candidate, s);
}

void port_find_candidates(const char *tty, struct port_candidates *out)
{
	struct candidate_search s = { .out = out };
	char folder[PATH_MAX];

	out->count = 0;
	if (*tty && is_tty_device(tty, &s.seen[0]))
		s.seen_count = 1;
	for (size_t i = 0; i < LINK_FOLDERS; i++) /* first: names that udev gave to ports of modems */
		add_folder(&s, link_folders[i]);
	hl_strlcpy(folder, sizeof(folder), *tty ? tty : "/dev/tty");
	add_folder(&s, dirname(folder));
	add_folder(&s, "/dev");
}
