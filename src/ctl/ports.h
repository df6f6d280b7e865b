/* The serial ports of USB modems as sysfs tells of them, with the family of the profile that lists their ids, and sticks that are
 * still disks. Opens no tty. */
#ifndef HL_CTL_PORTS_H
#define HL_CTL_PORTS_H

#include <stdbool.h>
#include <stddef.h>

#define PORTS_MAX 64
#define PORT_PATH_MAX 108

struct profiles;

struct port {
	char tty[PORT_PATH_MAX]; /* "/dev/ttyUSB2"; "" for a disk */
	char usb[12];            /* "12d1:1506" */
	int interface;           /* USB interface number, -1 unknown */
	char family[32];         /* name of the profile, "" where none lists the ids */
	bool is_at;              /* that profile's AT port, or it could be */
	bool is_disk;            /* its mode has not been switched */
};

struct ports {
	size_t count;
	struct port port[PORTS_MAX];
};

/* root goes before /sys and /dev: "" but in tests. In the order of their names. */
void ports_find(const char *root, const struct profiles *profiles, struct ports *out);

#endif
