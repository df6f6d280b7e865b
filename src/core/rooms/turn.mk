# group commit, counters, links
core_turn = \
	src/core/counters.c src/core/counters.h \
	src/core/links.c src/core/links.h \
	src/core/turn.c src/core/turn.h
