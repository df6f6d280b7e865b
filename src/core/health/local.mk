# The health of the system: warnings, modems that are down, the dead-man loop, unusual silence, metrics
core_health = \
	src/core/health/warn.c \
	src/core/health/warn.h
