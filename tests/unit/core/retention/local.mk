check_PROGRAMS += tests/unit/core/retention/test_retention_policy
TESTS += tests/unit/core/retention/test_retention_policy
tests_unit_core_retention_test_retention_policy_SOURCES = tests/unit/core/retention/test_retention_policy.c tests/cm.h
tests_unit_core_retention_test_retention_policy_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_retention_test_retention_policy_LDADD = $(CORE_TEST_LIBS)
