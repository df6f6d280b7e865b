PEOPLE_TESTS = tests/unit/core/test_init
check_PROGRAMS += $(PEOPLE_TESTS)
TESTS += $(PEOPLE_TESTS)
PEOPLE_TEST_CPPFLAGS = $(TEST_CPPFLAGS) $(CONFIG_CFLAGS) $(SODIUM_CFLAGS) $(SQLITE_CFLAGS)

tests_unit_core_test_init_SOURCES = tests/unit/core/test_init.c tests/cm.h tests/scratch.h
tests_unit_core_test_init_CPPFLAGS = $(PEOPLE_TEST_CPPFLAGS)
tests_unit_core_test_init_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
