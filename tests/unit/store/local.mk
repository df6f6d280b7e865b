STORE_TEST_LIBS = src/store/libstore.a src/base/libbase.a $(SQLITE_LIBS) $(SODIUM_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/store/test_store
TESTS += tests/unit/store/test_store
tests_unit_store_test_store_SOURCES = tests/unit/store/test_store.c tests/cm.h tests/scratch.h
tests_unit_store_test_store_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_unit_store_test_store_LDADD = $(STORE_TEST_LIBS)
