check_PROGRAMS += tests/unit/core/oversight/test_person
TESTS += tests/unit/core/oversight/test_person
tests_unit_core_oversight_test_person_SOURCES = tests/unit/core/oversight/test_person.c tests/unit/core/people/people_fixture.h tests/cm.h tests/scratch.h
tests_unit_core_oversight_test_person_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_oversight_test_person_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/oversight/test_release_policy
TESTS += tests/unit/core/oversight/test_release_policy
tests_unit_core_oversight_test_release_policy_SOURCES = tests/unit/core/oversight/test_release_policy.c tests/cm.h
tests_unit_core_oversight_test_release_policy_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_oversight_test_release_policy_LDADD = $(CORE_TEST_LIBS)
