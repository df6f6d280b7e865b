# The health of the system: warnings, modems that are down, the dead-man loop, unusual silence, metrics
core_health = \
	src/core/health/health.c \
	src/core/health/health.h \
	src/core/health/health_inside.h \
	src/core/health/loop.c \
	src/core/health/loop.h \
	src/core/health/loop_text.c \
	src/core/health/loop_text.h \
	src/core/health/metrics.c \
	src/core/health/metrics.h \
	src/core/health/modem_news.c \
	src/core/health/modem_news.h \
	src/core/health/quiet.c \
	src/core/health/quiet.h \
	src/core/health/silence.c \
	src/core/health/silence.h
