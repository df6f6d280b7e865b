/* Whether the state of a modem is worth a warning. Pure. A modem that comes and goes is told of once, until it has been well for
 * as long as it takes to be told of. */
#ifndef HL_CORE_HEALTH_MODEM_NEWS_H
#define HL_CORE_HEALTH_MODEM_NEWS_H

#include <stdbool.h>
#include <stdint.h>

/* Kept for each modem, zeroed at the start. */
struct modem_mood {
	bool known, ready, told_down;
	int64_t since_ms; /* boot time of the last change of ready */
};

enum modem_news { MODEM_NOTHING, MODEM_DOWN, MODEM_UP };

/* down_ms: how long it may be away, or must be back, before that is told. */
enum modem_news modem_news_decide(struct modem_mood *m, bool ready, int64_t now_boot_ms, int64_t down_ms);

#endif
