check_PROGRAMS += tests/unit/core/control/test_control
TESTS += tests/unit/core/control/test_control
tests_unit_core_control_test_control_SOURCES = tests/unit/core/control/test_control.c tests/cm.h
tests_unit_core_control_test_control_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_control_test_control_LDADD = $(CORE_TEST_LIBS)
