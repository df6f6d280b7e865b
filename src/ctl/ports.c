#include "config.h"

#include "ctl/ports.h"

#include <dirent.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/config/profiles.h"
#include "wire/profile.h"

#define UP_MAX 4 /* tty, port, interface, device */

/* One word of a file of sysfs; "" where there is none. */
static void read_word(const char *folder, const char *file, char out[16])
{
	char path[PATH_MAX];
	FILE *f;

	*out = '\0';
	if (snprintf(path, sizeof(path), "%s/%s", folder, file) >= (int)sizeof(path) || !(f = fopen(path, "re")))
		return;
	if (!fgets(out, 16, f))
		*out = '\0';
	out[strcspn(out, "\n")] = '\0';
	fclose(f);
}

static bool read_ids(const char *folder, char usb[12])
{
	char vendor[16], product[16];

	read_word(folder, "idVendor", vendor);
	read_word(folder, "idProduct", product);
	if (strlen(vendor) != 4 || strlen(product) != 4)
		return false;
	snprintf(usb, 12, "%.4s:%.4s", vendor, product);
	return true;
}

/* ---- what the profiles say of it ------------------------------------------------------------------------------ */

static bool lists(const struct profile_list *list, const char *usb, int *interface)
{
	struct profile_usb entry;

	for (size_t i = 0; i < list->count; i++) {
		if (strncmp(list->item[i], usb, strlen(usb)) == 0 && modem_profile_usb(list->item[i], &entry)) {
			*interface = entry.interface;
			return true;
		}
	}
	return false;
}

static bool judge(struct port *port, const struct modem_profile *profile, const char *name)
{
	int interface;

	port->is_disk = lists(&profile->usb_storage, port->usb, &interface);
	if (!port->is_disk && !lists(&profile->usb, port->usb, &interface))
		return false;
	if (interface < 0)
		interface = (int)profile->at_interface;
	hl_strlcpy(port->family, sizeof(port->family), name);
	port->is_at = !port->is_disk && (interface < 0 || port->interface < 0 || port->interface == interface);
	return true;
}

static void find_family(struct port *port, const struct profiles *profiles)
{
	struct modem_profile *profile = hl_calloc(1, sizeof(*profile));
	struct hl_reason why;
	const char *name;

	for (size_t i = 0; (name = profiles_name(profiles, i)); i++)
		if (modem_profile_decode(profiles_get(profiles, i), profile, &why) == 0 && judge(port, profile, name))
			break;
	free(profile);
}

/* ---- sysfs ----------------------------------------------------------------------------------------------------- */

static bool read_port(const char *root, const char *name, struct port *port)
{
	char path[PATH_MAX], real[PATH_MAX], word[16];

	memset(port, 0, sizeof(*port));
	port->interface = -1;
	if (snprintf(path, sizeof(path), "%s/sys/class/tty/%s/device", root, name) >= (int)sizeof(path) || !realpath(path, real))
		return false;
	for (int i = 0; i < UP_MAX; i++) {
		read_word(real, "bInterfaceNumber", word);
		if (*word)
			port->interface = (int)strtol(word, NULL, 16);
		if (read_ids(real, port->usb))
			return snprintf(port->tty, sizeof(port->tty), "%s/dev/%s", root, name) < (int)sizeof(port->tty);
		hl_strlcpy(real, sizeof(real), dirname(real));
	}
	return false;
}

static bool read_disk(const char *root, const char *name, struct port *port)
{
	char path[PATH_MAX];

	memset(port, 0, sizeof(*port));
	port->interface = -1;
	return snprintf(path, sizeof(path), "%s/sys/bus/usb/devices/%s", root, name) < (int)sizeof(path) && read_ids(path, port->usb);
}

static int is_no_dot(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void scan(const char *root, const char *folder, bool (*read)(const char *, const char *, struct port *),
		 const struct profiles *profiles, struct ports *out)
{
	char path[PATH_MAX];
	struct dirent **entries;
	int count;

	if (snprintf(path, sizeof(path), "%s%s", root, folder) >= (int)sizeof(path))
		return;
	count = scandir(path, &entries, is_no_dot, versionsort);
	for (int i = 0; i < count; i++) {
		struct port *port = &out->port[out->count];
		if (out->count < PORTS_MAX && read(root, entries[i]->d_name, port)) {
			find_family(port, profiles);
			out->count += port->is_disk || port->tty[0];
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

void ports_find(const char *root, const struct profiles *profiles, struct ports *out)
{
	out->count = 0;
	scan(root, "/sys/class/tty", read_port, profiles, out);
	scan(root, "/sys/bus/usb/devices", read_disk, profiles, out);
}
