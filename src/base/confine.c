#include "base/confine.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

/* ---- Landlock --------------------------------------------------------------------------------------------------- */

/* Rights that came with later kernels than the headers of Debian 12 know (linux/landlock.h). */
#define FS_REFER (1ULL << 13)     /* ABI 2 */
#define FS_TRUNCATE (1ULL << 14)  /* ABI 3 */
#define NET_BIND_TCP (1ULL << 0)  /* ABI 4 */
#define NET_CONNECT_TCP (1ULL << 1)
#define FS_IOCTL_DEV (1ULL << 15) /* ABI 5 */
#define SCOPE_ABSTRACT_UNIX (1ULL << 0) /* ABI 6 */
#define SCOPE_SIGNAL (1ULL << 1)
#define FS_ALL_OF_ABI_1 ((1ULL << 13) - 1)

struct ruleset { /* struct landlock_ruleset_attr as of ABI 6 */
	uint64_t fs, net, scoped;
};

/* What this kernel can forbid: we forbid all of it, and a right it does not know cannot be asked about. */
static size_t make_ruleset(long abi, bool connects, struct ruleset *r)
{
	*r = (struct ruleset){ .fs = FS_ALL_OF_ABI_1 };
	if (abi >= 2)
		r->fs |= FS_REFER;
	if (abi >= 3)
		r->fs |= FS_TRUNCATE;
	if (abi >= 4)
		r->net = NET_BIND_TCP | (connects ? 0 : NET_CONNECT_TCP);
	if (abi >= 5)
		r->fs |= FS_IOCTL_DEV;
	if (abi >= 6)
		r->scoped = SCOPE_ABSTRACT_UNIX | SCOPE_SIGNAL;
	return abi >= 6 ? sizeof(*r) : abi >= 4 ? offsetof(struct ruleset, scoped) : offsetof(struct ruleset, net);
}

static uint64_t rights_of(unsigned rights)
{
	return (rights & CONFINE_READ ? LANDLOCK_ACCESS_FS_READ_FILE : 0) |
		(rights & CONFINE_WRITE ? LANDLOCK_ACCESS_FS_WRITE_FILE : 0) |
		(rights & CONFINE_LIST ? LANDLOCK_ACCESS_FS_READ_DIR : 0) | (rights & CONFINE_DEVICE ? FS_IOCTL_DEV : 0);
}

static void allow(int rules, const struct ruleset *r, const struct confine_path *p)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access = rights_of(p->rights) & r->fs };
	char dir[PATH_MAX];

	if (hl_strlcpy(dir, sizeof(dir), p->path))
		return;
	beneath.parent_fd = open(p->folder_of ? dirname(dir) : dir, O_PATH | O_CLOEXEC);
	if (beneath.parent_fd < 0)
		return; /* not there: nothing to open in it either */
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	close(beneath.parent_fd);
}

static int confine_files(const struct confine_wall *w, struct hl_reason *reason)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset r;
	size_t size = make_ruleset(abi, w->connects, &r);
	int rules, err = 0;

	if (abi < 1)
		return hl_fail(reason, HL_EUNSUPPORTED, "no Landlock (%s): the kernel needs CONFIG_SECURITY_LANDLOCK and landlock "
			       "in its lsm= list", strerror(errno));
	rules = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0);
	if (rules < 0)
		return hl_fail(reason, HL_EUNSUPPORTED, "Landlock refuses the rules: %s", strerror(errno));
	for (size_t i = 0; i < w->path_count; i++)
		allow(rules, &r, &w->paths[i]);
#ifdef HL_SANITIZED /* its leak check reads about its own threads */
	allow(rules, &r, &(struct confine_path){ "/proc", CONFINE_READ | CONFINE_LIST, false });
#endif
	if (syscall(SYS_landlock_restrict_self, rules, 0))
		err = hl_fail(reason, HL_EUNSUPPORTED, "Landlock cannot be entered: %s", strerror(errno));
	close(rules);
	return err;
}

/* ---- seccomp ---------------------------------------------------------------------------------------------------- */

/* What libc and libevent do in each of our programs after the start. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(lseek),
	SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(connect),
	SCMP_SYS(getsockopt), SCMP_SYS(setsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(shutdown),
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(ioctl), SCMP_SYS(fcntl),
	SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access),
	SCMP_SYS(getdents64),
	SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_pwait2), SCMP_SYS(epoll_ctl), SCMP_SYS(poll),
	SCMP_SYS(ppoll), SCMP_SYS(timerfd_settime),
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
	SCMP_SYS(futex), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* What only an intruder tries: the program ends on the spot. Everything else that is not allowed just fails. */
static const int hostile[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(bpf), SCMP_SYS(mount), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(kexec_load), SCMP_SYS(init_module),
	SCMP_SYS(finit_module), SCMP_SYS(keyctl), SCMP_SYS(userfaultfd), SCMP_SYS(perf_event_open), SCMP_SYS(bind),
	SCMP_SYS(listen), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(setuid), SCMP_SYS(setresuid),
};

static const int of_threads[] = {
	SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(prctl),
};

/* Keeps the first error in *err. */
static void add(scmp_filter_ctx ctx, uint32_t action, const int *calls, size_t count, int *err)
{
	for (size_t i = 0; i < count && !*err; i++)
		*err = seccomp_rule_add(ctx, action, calls[i], 0);
}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#ifndef HL_SANITIZED
static void add_if(scmp_filter_ctx ctx, int call, struct scmp_arg_cmp is, int *err)
{
	if (!*err)
		*err = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 1, is);
}

static void add_sockets(scmp_filter_ctx ctx, bool connects, int *err)
{
	static const int families[] = { AF_UNIX, AF_INET, AF_INET6 };

	for (size_t i = 0; i < (connects ? COUNT(families) : 1); i++)
		add_if(ctx, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i]), err);
}

/* Memory is never made executable; with loads, a file may be mapped so, as long as it cannot be written through the
 * map. */
static void add_memory(scmp_filter_ctx ctx, bool loads, int *err)
{
	add_if(ctx, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0), err);
	add_if(ctx, SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0), err);
	if (loads && !*err)
		*err = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC), SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0));
}

/* Of clone3(2) a filter sees no flags, so libc is told that there is none, and takes clone(2). */
static void add_threads(scmp_filter_ctx ctx, int *err)
{
	add(ctx, SCMP_ACT_ALLOW, of_threads, COUNT(of_threads), err);
	add_if(ctx, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD), err);
	if (!*err)
		*err = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}
#endif

static int add_rules(scmp_filter_ctx ctx, const struct confine_wall *w)
{
	int err = 0;

#ifdef HL_SANITIZED /* a sanitizer forks, traces and maps as it likes */
	(void)allowed;
	(void)of_threads;
	(void)w;
	add(ctx, SCMP_ACT_KILL_PROCESS, hostile, 2, &err);
#else
	add(ctx, SCMP_ACT_ALLOW, allowed, COUNT(allowed), &err);
	add(ctx, SCMP_ACT_ALLOW, w->calls, w->call_count, &err);
	add(ctx, SCMP_ACT_KILL_PROCESS, hostile, COUNT(hostile), &err);
	add_sockets(ctx, w->connects, &err);
	add_memory(ctx, w->loads, &err);
	if (w->threads)
		add_threads(ctx, &err);
#endif
	return err;
}

static int confine_calls(const struct confine_wall *w, struct hl_reason *reason)
{
#ifdef HL_SANITIZED
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
#else
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
#endif
	int err = ctx ? add_rules(ctx, w) : -ENOMEM;

	if (!err)
		err = seccomp_load(ctx);
	if (ctx)
		seccomp_release(ctx);
	return err ? hl_fail(reason, HL_EUNSUPPORTED, "no seccomp filter (%s): the kernel needs CONFIG_SECCOMP_FILTER",
			     strerror(-err)) : 0;
}

#ifdef HL_SANITIZED
static int confined;

/* LeakSanitizer asks this at the end; it wants to trace us and to read /proc, which nobody may in here. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return confined;
}
#endif

int confine_enter(const struct confine_wall *wall, struct hl_reason *reason)
{
	struct hl_reason second;
	int err, err2;

	tzset(); /* reads /etc/localtime, which is out of reach afterwards */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return hl_fail(reason, HL_EUNSUPPORTED, "no_new_privs: %s", strerror(errno));
#ifdef HL_SANITIZED
	confined = 1;
#else
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* no core dump with texts in it */
#endif
	err = confine_files(wall, reason);
	err2 = confine_calls(wall, err ? &second : reason);
	return err ? err : err2;
}
