check_PROGRAMS += tests/unit/base/test_base tests/unit/base/test_file
TESTS += tests/unit/base/test_base tests/unit/base/test_file
tests_unit_base_test_base_SOURCES = tests/unit/base/test_base.c tests/cm.h
tests_unit_base_test_base_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_base_test_base_LDADD = src/base/libbase.a $(CMOCKA_LIBS)

tests_unit_base_test_file_SOURCES = tests/unit/base/test_file.c tests/cm.h tests/scratch.h
tests_unit_base_test_file_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_base_test_file_LDADD = src/base/libbase.a $(CMOCKA_LIBS)
