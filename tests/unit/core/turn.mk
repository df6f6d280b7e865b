# Group commit, counters, links.
TURN_TEST_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(CONFIG_CFLAGS)
TURN_TEST_LIBS = $(CORE_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/core/test_turn
TESTS += tests/unit/core/test_turn
tests_unit_core_test_turn_SOURCES = tests/unit/core/test_turn.c tests/cm.h tests/scratch.h
tests_unit_core_test_turn_CPPFLAGS = $(TURN_TEST_CPPFLAGS)
tests_unit_core_test_turn_LDADD = $(TURN_TEST_LIBS)

check_PROGRAMS += tests/unit/core/test_links
TESTS += tests/unit/core/test_links
tests_unit_core_test_links_SOURCES = tests/unit/core/test_links.c tests/cm.h tests/scratch.h
tests_unit_core_test_links_CPPFLAGS = $(TURN_TEST_CPPFLAGS)
tests_unit_core_test_links_LDADD = $(TURN_TEST_LIBS)
