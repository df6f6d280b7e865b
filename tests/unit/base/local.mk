check_PROGRAMS += tests/unit/base/test_base
TESTS += tests/unit/base/test_base
tests_unit_base_test_base_SOURCES = tests/unit/base/test_base.c tests/cm.h
tests_unit_base_test_base_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_base_test_base_LDADD = src/base/libbase.a $(CMOCKA_LIBS)
