# Units, people, passwords, sessions, the audit trail; how a hotline begins.
PEOPLE_TESTS = tests/unit/core/test_init tests/unit/core/test_person tests/unit/core/test_session
check_PROGRAMS += $(PEOPLE_TESTS)
TESTS += $(PEOPLE_TESTS)
PEOPLE_TEST_CPPFLAGS = $(TEST_CPPFLAGS) $(CONFIG_CFLAGS) $(SODIUM_CFLAGS) $(SQLITE_CFLAGS)

tests_unit_core_test_init_SOURCES = tests/unit/core/test_init.c tests/cm.h tests/scratch.h
tests_unit_core_test_init_CPPFLAGS = $(PEOPLE_TEST_CPPFLAGS)
tests_unit_core_test_init_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

tests_unit_core_test_person_SOURCES = tests/unit/core/test_person.c tests/unit/core/people_fixture.h tests/cm.h tests/scratch.h
tests_unit_core_test_person_CPPFLAGS = $(PEOPLE_TEST_CPPFLAGS)
tests_unit_core_test_person_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

tests_unit_core_test_session_SOURCES = tests/unit/core/test_session.c tests/unit/core/people_fixture.h tests/cm.h tests/scratch.h
tests_unit_core_test_session_CPPFLAGS = $(PEOPLE_TEST_CPPFLAGS)
tests_unit_core_test_session_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)
