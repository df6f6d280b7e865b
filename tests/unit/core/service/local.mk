check_PROGRAMS += tests/unit/core/service/test_service
TESTS += tests/unit/core/service/test_service
tests_unit_core_service_test_service_SOURCES = tests/unit/core/service/test_service.c tests/cm.h
tests_unit_core_service_test_service_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_service_test_service_LDADD = $(CORE_TEST_LIBS)
