check_PROGRAMS += tests/unit/notify/test_message
TESTS += tests/unit/notify/test_message
tests_unit_notify_test_message_SOURCES = tests/unit/notify/test_message.c tests/cm.h
tests_unit_notify_test_message_CPPFLAGS = $(TEST_CPPFLAGS) $(SODIUM_CFLAGS)
tests_unit_notify_test_message_LDADD = src/notify/libnotify.a src/base/libbase.a $(SODIUM_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/notify/test_verdict
TESTS += tests/unit/notify/test_verdict
tests_unit_notify_test_verdict_SOURCES = tests/unit/notify/test_verdict.c tests/cm.h
tests_unit_notify_test_verdict_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_notify_test_verdict_LDADD = src/notify/libnotify.a src/base/libbase.a $(CMOCKA_LIBS)
