# starting and stopping, group commit, counters, links
core_turn = \
	src/core/activation.c src/core/activation.h \
	src/core/counters.c src/core/counters.h \
	src/core/links.c src/core/links.h src/core/links_control.c src/core/links_inside.h src/core/links_told.c \
	src/core/start.c src/core/start.h \
	src/core/turn.c src/core/turn.h
