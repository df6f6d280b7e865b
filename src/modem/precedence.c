#include "modem/precedence.h"

enum precedence precedence_judge(const struct precedence_facts *f)
{
	if (!f->text_due || f->jobs_left || (f->arrived && (f->yields || f->arrivals_left)))
		return PRECEDENCE_RECEPTION;
	if (f->busy_ms >= PRECEDENCE_BUSY_MS && f->quiet_ms < f->listen_ms && f->listened_ms < PRECEDENCE_LISTENS * f->listen_ms)
		return PRECEDENCE_LISTEN;
	return PRECEDENCE_TEXT;
}
