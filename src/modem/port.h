/* What the system knows of a tty, read before the sandbox closes: its USB ids and its other names. And which ttys a modem
 * may have come back as. It opens no tty. */
#ifndef HL_MODEM_PORT_H
#define HL_MODEM_PORT_H

#include <stddef.h>

#include "wire/link.h"

#define PORT_CANDIDATES_MAX 16 /* ttys that are looked at for a modem that is gone; more modems are found by udev */

struct port_candidates {
	size_t count;
	char path[PORT_CANDIDATES_MAX][WIRE_PATH_MAX + 1];
};

/* "12d1:1506" of the device that the tty belongs to; "" where it is no USB device. */
void port_read_usb(const char *tty, char out[12]);

/* Names of the same tty among the links that udev makes, with spaces between; only those that fit. */
void port_read_links(const char *tty, char *out, size_t size);

/* The ttys that lie beside tty ("" for /dev) or in the folders of udev's links, each once, without tty itself: links and, in
 * /dev, the names of USB serial lines. */
void port_find_candidates(const char *tty, struct port_candidates *out);

#endif
