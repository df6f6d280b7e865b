TRIAGE_TESTS = tests/unit/triage/test_vectors tests/unit/triage/test_rules tests/unit/triage/test_corpus \
	tests/unit/triage/test_verdict tests/unit/triage/test_conflict tests/unit/triage/test_weights
check_PROGRAMS += $(TRIAGE_TESTS)
TESTS += $(TRIAGE_TESTS)
TRIAGE_LIBS = src/core/triage/libtriage.a src/text/libtext.a src/base/libbase.a
EXTRA_DIST += tests/data/triage/guard.tsv tests/data/triage/ages.tsv tests/data/triage/districts.tsv tests/data/triage/dev_tips.tsv \
	tests/data/triage/more_tips.tsv tests/data/triage/tune.tsv tests/data/triage/aside.tsv \
	tests/data/triage/fresh.tsv tests/data/triage/study.tsv tests/data/triage/wide.tsv tests/data/triage/street.tsv \
	tests/data/triage/edge.tsv tests/data/triage/english.tsv tests/data/triage/trade.tsv \
	tests/data/triage/unseen.tsv tests/data/triage/blind.tsv tests/data/triage/late.tsv \
	tools/learn-weights tests/data/triage/LABELS.md

tests_unit_triage_test_vectors_SOURCES = tests/unit/triage/test_vectors.c tests/cm.h tests/tsv.h
tests_unit_triage_test_vectors_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_triage_test_vectors_LDADD = $(TRIAGE_LIBS) $(CMOCKA_LIBS)

tests_unit_triage_test_rules_SOURCES = tests/unit/triage/test_rules.c tests/cm.h
tests_unit_triage_test_rules_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_triage_test_rules_LDADD = $(TRIAGE_LIBS) $(CMOCKA_LIBS)

tests_unit_triage_test_corpus_SOURCES = tests/unit/triage/test_corpus.c tests/cm.h tests/tsv.h
tests_unit_triage_test_corpus_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_triage_test_corpus_LDADD = $(TRIAGE_LIBS) $(CMOCKA_LIBS)

tests_unit_triage_test_verdict_SOURCES = tests/unit/triage/test_verdict.c tests/cm.h
tests_unit_triage_test_verdict_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_triage_test_verdict_LDADD = $(TRIAGE_LIBS) $(CMOCKA_LIBS)

tests_unit_triage_test_conflict_SOURCES = tests/unit/triage/test_conflict.c tests/cm.h
tests_unit_triage_test_conflict_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_triage_test_conflict_LDADD = $(TRIAGE_LIBS) $(CMOCKA_LIBS)

tests_unit_triage_test_weights_SOURCES = tests/unit/triage/test_weights.c tests/cm.h
tests_unit_triage_test_weights_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_triage_test_weights_LDADD = $(TRIAGE_LIBS) $(CMOCKA_LIBS)
