/* Files that must survive a power cut, and small files read whole. No phone number and no text of a message goes through here. */
#ifndef HL_BASE_FILE_H
#define HL_BASE_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/* Makes the folder's entry of path durable (fsync of the folder it is in). HL_EIO with the reason. */
int hl_sync_parent(const char *path, struct hl_reason *reason);

/* Writes a new file of mode 0600: temporary name, fsync, link, fsync of the folder. It is there whole or not at all; HL_EEXIST
 * where path exists (it is left alone), HL_EFULL where the disk is full, HL_EIO. */
int hl_write_new_file(const char *path, const void *data, size_t len, struct hl_reason *reason);

/* Reads a file of at most max octets; returns how many, or HL_ENOENT, HL_ERANGE (longer than max), HL_EIO. */
ssize_t hl_read_file(const char *path, void *data, size_t max, struct hl_reason *reason);

#endif
