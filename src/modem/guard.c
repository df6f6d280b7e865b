#include "modem/guard.h"

#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stddef.h>

#include "base/error.h"

static sigjmp_buf before;
static volatile sig_atomic_t guarded;

#ifndef HL_SANITIZED
static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT /* failed checks of libc, and systemd's watchdog */ };

static void on_crash(int number)
{
	if (guarded) {
		guarded = 0;
		siglongjmp(before, 1);
	}
	signal(number, SIG_DFL);
	raise(number);
}
#endif

void guard_init(void)
{
#ifndef HL_SANITIZED
	/* A jump out of the handler leaves no signal blocked, so that guard_run() need not save which are: a system call each. */
	struct sigaction sa = { .sa_handler = on_crash, .sa_flags = SA_NODEFER };

	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		sigaction(crashes[i], &sa, NULL);
#endif
}

int guard_run(int (*run)(void *arg), void *arg)
{
	int result;

	if (sigsetjmp(before, 0))
		return HL_ECORRUPT;
	guarded = 1;
	result = run(arg);
	guarded = 0;
	return result;
}
