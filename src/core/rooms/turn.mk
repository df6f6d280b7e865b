# group commit, counters, links: core_turn
core_turn = src/core/turn.h src/core/counters.h src/core/links.h
