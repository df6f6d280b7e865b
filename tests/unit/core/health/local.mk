check_PROGRAMS += tests/unit/core/health/test_health
TESTS += tests/unit/core/health/test_health
tests_unit_core_health_test_health_SOURCES = tests/unit/core/health/test_health.c tests/cm.h tests/scratch.h
tests_unit_core_health_test_health_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_health_test_health_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/health/test_quiet
TESTS += tests/unit/core/health/test_quiet
tests_unit_core_health_test_quiet_SOURCES = tests/unit/core/health/test_quiet.c $(OUTBOUND_WORLD) tests/cm.h tests/scratch.h
tests_unit_core_health_test_quiet_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_health_test_quiet_LDADD = $(CORE_TEST_LIBS)
