check_PROGRAMS += tests/unit/core/case/test_case_code
TESTS += tests/unit/core/case/test_case_code
tests_unit_core_case_test_case_code_SOURCES = tests/unit/core/case/test_case_code.c tests/cm.h
tests_unit_core_case_test_case_code_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_case_test_case_code_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/case/test_case_state
TESTS += tests/unit/core/case/test_case_state
tests_unit_core_case_test_case_state_SOURCES = tests/unit/core/case/test_case_state.c tests/cm.h
tests_unit_core_case_test_case_state_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_case_test_case_state_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/case/test_case_join
TESTS += tests/unit/core/case/test_case_join
tests_unit_core_case_test_case_join_SOURCES = tests/unit/core/case/test_case_join.c tests/cm.h tests/scratch.h
tests_unit_core_case_test_case_join_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_case_test_case_join_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/case/test_feature
TESTS += tests/unit/core/case/test_feature
tests_unit_core_case_test_feature_SOURCES = tests/unit/core/case/test_feature.c tests/cm.h tests/scratch.h
tests_unit_core_case_test_feature_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_case_test_feature_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/case/test_agencies
TESTS += tests/unit/core/case/test_agencies
tests_unit_core_case_test_agencies_SOURCES = tests/unit/core/case/test_agencies.c tests/cm.h tests/scratch.h
tests_unit_core_case_test_agencies_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_case_test_agencies_LDADD = $(CORE_TEST_LIBS)
