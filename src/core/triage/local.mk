noinst_LIBRARIES += src/core/triage/libtriage.a
src_core_triage_libtriage_a_SOURCES = \
	src/core/triage/ages.c src/core/triage/ages.h \
	src/core/triage/classify.c src/core/triage/triage.h \
	src/core/triage/combine.c src/core/triage/combine.h \
	src/core/triage/conflict.c src/core/triage/conflict.h \
	src/core/triage/evidence.c src/core/triage/evidence.h \
	src/core/triage/facts.c src/core/triage/facts.h \
	src/core/triage/features.c src/core/triage/features.h \
	src/core/triage/kind.c \
	src/core/triage/learned.c src/core/triage/learned.h \
	src/core/triage/limits.c src/core/triage/limits.h \
	src/core/triage/load.c src/core/triage/rules.h \
	src/core/triage/match.c src/core/triage/match.h \
	src/core/triage/names.c \
	src/core/triage/parse.c src/core/triage/parse.h \
	src/core/triage/parse_weights.c \
	src/core/triage/parse_combination.c src/core/triage/parse_combination.h \
	src/core/triage/parse_row.c src/core/triage/parse_row.h \
	src/core/triage/place.c src/core/triage/place.h \
	src/core/triage/trie.c src/core/triage/trie.h \
	src/core/triage/verdict.c src/core/triage/verdict.h \
	src/core/triage/weights.c src/core/triage/weights.h \
	src/core/triage/words.c src/core/triage/words.h
