#include "modem/timer.h"

#include <sysexits.h>

#include "base/error.h"

struct event *timer_new(struct event_base *base, event_callback_fn callback, void *arg)
{
	struct event *timer = evtimer_new(base, callback, arg);

	if (!timer)
		hl_fatal(EX_OSERR, "cannot make a timer: out of memory");
	return timer;
}

void timer_set(struct event *timer, int64_t ms)
{
	struct timeval tv = { ms / 1000, (ms % 1000) * 1000 };

	evtimer_add(timer, &tv);
}
