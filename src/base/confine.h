/* The walls that a program of ours puts up around itself before it reads what strangers wrote: Landlock for files
 * and ports, seccomp for system calls, no new privileges, no core dump. There is no way back. A wall that cannot be
 * had is never passed over in silence. */
#ifndef HL_BASE_CONFINE_H
#define HL_BASE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

#define CONFINE_READ 1u    /* files */
#define CONFINE_WRITE 2u   /* files that are there */
#define CONFINE_LIST 4u    /* folders */
#define CONFINE_DEVICE 8u  /* ioctl(2) of devices */

/* A file, or all beneath a folder. One that is not there is left out. */
struct confine_path {
	const char *path;
	unsigned rights;
	bool folder_of; /* the folder in which path lies is meant */
};

/* What a program may do beyond reading, writing and waiting, which all may. */
struct confine_wall {
	const struct confine_path *paths; size_t path_count;
	const int *calls; size_t call_count; /* SCMP_SYS() of libseccomp */
	bool connects; /* makes TCP and UDP connections; else UNIX sockets only. Nobody listens */
	bool threads;  /* has threads; nobody has children */
	bool loads;    /* may map libraries as code, as the name service does; nobody writes code */
};

/* Landlock, then seccomp. If one of them cannot be had the other is still put up, and HL_EUNSUPPORTED is returned
 * with the reason; whether to go on is the caller's decision. */
int confine_enter(const struct confine_wall *wall, struct hl_reason *reason);

#endif
