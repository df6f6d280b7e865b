check_PROGRAMS += tests/unit/core/report/test_report
TESTS += tests/unit/core/report/test_report
tests_unit_core_report_test_report_SOURCES = tests/unit/core/report/test_report.c $(OUTBOUND_WORLD) tests/cm.h tests/scratch.h
tests_unit_core_report_test_report_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_report_test_report_LDADD = $(CORE_TEST_LIBS)
