STORE_TESTS = tests/unit/store/test_fsync tests/unit/store/test_full tests/unit/store/test_store
STORE_TEST_LIBS = src/store/libstore.a src/base/libbase.a $(SQLITE_LIBS) $(SODIUM_LIBS) $(CMOCKA_LIBS)
STORE_TEST_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
check_PROGRAMS += $(STORE_TESTS)
TESTS += $(STORE_TESTS)

tests_unit_store_test_fsync_SOURCES = tests/unit/store/test_fsync.c tests/cm.h tests/scratch.h
tests_unit_store_test_fsync_CPPFLAGS = $(STORE_TEST_CPPFLAGS)
tests_unit_store_test_fsync_LDADD = $(STORE_TEST_LIBS)

tests_unit_store_test_full_SOURCES = tests/unit/store/test_full.c tests/cm.h tests/scratch.h tests/tiny_disk.h
tests_unit_store_test_full_CPPFLAGS = $(STORE_TEST_CPPFLAGS)
tests_unit_store_test_full_LDADD = $(STORE_TEST_LIBS)

tests_unit_store_test_store_SOURCES = tests/unit/store/test_store.c tests/cm.h tests/scratch.h
tests_unit_store_test_store_CPPFLAGS = $(STORE_TEST_CPPFLAGS)
tests_unit_store_test_store_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/unit/store/test_outbox
TESTS += tests/unit/store/test_outbox
tests_unit_store_test_outbox_SOURCES = tests/unit/store/test_outbox.c tests/cm.h tests/scratch.h
tests_unit_store_test_outbox_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_unit_store_test_outbox_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/unit/store/test_retention
TESTS += tests/unit/store/test_retention
tests_unit_store_test_retention_SOURCES = tests/unit/store/test_retention.c tests/cm.h tests/scratch.h
tests_unit_store_test_retention_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_unit_store_test_retention_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/unit/store/test_subscriber
TESTS += tests/unit/store/test_subscriber
tests_unit_store_test_subscriber_SOURCES = tests/unit/store/test_subscriber.c tests/cm.h tests/scratch.h
tests_unit_store_test_subscriber_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_unit_store_test_subscriber_LDADD = $(STORE_TEST_LIBS)
check_PROGRAMS += tests/unit/store/test_campaign_answer
TESTS += tests/unit/store/test_campaign_answer
tests_unit_store_test_campaign_answer_SOURCES = tests/unit/store/test_campaign_answer.c tests/cm.h tests/scratch.h
tests_unit_store_test_campaign_answer_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
tests_unit_store_test_campaign_answer_LDADD = $(STORE_TEST_LIBS)
