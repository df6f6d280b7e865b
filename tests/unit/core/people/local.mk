check_PROGRAMS += tests/unit/core/people/test_init
TESTS += tests/unit/core/people/test_init
tests_unit_core_people_test_init_SOURCES = tests/unit/core/people/test_init.c tests/cm.h tests/scratch.h
tests_unit_core_people_test_init_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_people_test_init_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/people/test_session
TESTS += tests/unit/core/people/test_session
tests_unit_core_people_test_session_SOURCES = tests/unit/core/people/test_session.c tests/unit/core/people/people_fixture.h tests/cm.h tests/scratch.h
tests_unit_core_people_test_session_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_people_test_session_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/people/test_read_policy
TESTS += tests/unit/core/people/test_read_policy
tests_unit_core_people_test_read_policy_SOURCES = tests/unit/core/people/test_read_policy.c tests/cm.h
tests_unit_core_people_test_read_policy_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_people_test_read_policy_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/people/test_lineage
TESTS += tests/unit/core/people/test_lineage
tests_unit_core_people_test_lineage_SOURCES = tests/unit/core/people/test_lineage.c tests/cm.h
tests_unit_core_people_test_lineage_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_people_test_lineage_LDADD = $(CORE_TEST_LIBS)
