#include "core/health/modem_news.h"

enum modem_news modem_news_decide(struct modem_mood *m, bool ready, int64_t now_boot_ms, int64_t down_ms)
{
	if (!m->known || m->ready != ready) {
		m->known = true;
		m->ready = ready;
		m->since_ms = now_boot_ms;
	}
	if (m->told_down != ready || now_boot_ms - m->since_ms < down_ms)
		return MODEM_NOTHING;
	m->told_down = !ready;
	return ready ? MODEM_UP : MODEM_DOWN;
}
