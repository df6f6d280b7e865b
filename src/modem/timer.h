/* Timers of the loop, all made and set in one way: one shot, in milliseconds. */
#ifndef HL_MODEM_TIMER_H
#define HL_MODEM_TIMER_H

#include <event2/event.h>
#include <stdint.h>

/* Never NULL: without timers nothing would ever be given up, so the program ends. */
struct event *timer_new(struct event_base *base, event_callback_fn callback, void *arg);
/* From now; one that is set already starts anew. */
void timer_set(struct event *timer, int64_t ms);

#endif
