#include "notify/walls.h"

#include <limits.h>
#include <seccomp.h>
#include <stdlib.h>

#include "base/confine.h"

#define LOOK (CONFINE_READ | CONFINE_LIST)

/* Threads, the resolver of libc, libcurl and OpenSSL. */
static const int calls[] = {
	SCMP_SYS(socketpair), SCMP_SYS(pipe2), SCMP_SYS(eventfd2), SCMP_SYS(sendmmsg), SCMP_SYS(recvmmsg), SCMP_SYS(pread64),
	SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
};

int walls_enter(const struct settings *settings, struct hl_reason *reason)
{
	char resolv[PATH_MAX];
	const struct confine_path paths[] = {
		{ "/etc", LOOK, false },     /* resolv.conf, hosts, nsswitch.conf, ssl: their files are replaced, so not one by one */
		{ "/usr/lib", LOOK, false }, /* modules of the name service, and of OpenSSL */
		{ "/usr/share/ca-certificates", LOOK, false },
		{ "/usr/local/share/ca-certificates", LOOK, false },
		{ "/run/systemd/resolve", LOOK, false },
		{ realpath("/etc/resolv.conf", resolv) ? resolv : "/etc/resolv.conf", LOOK, true },
		{ *settings->ca_file ? settings->ca_file : "/etc/ssl/certs", LOOK, *settings->ca_file != '\0' },
		{ "/dev/urandom", CONFINE_READ, false },
	};
	const struct confine_wall wall = { .paths = paths, .path_count = sizeof(paths) / sizeof(paths[0]), .calls = calls,
		.call_count = sizeof(calls) / sizeof(calls[0]), .connects = true, .threads = true, .loads = true };

	return confine_enter(&wall, reason);
}
