USSD_TEST_LIBS = src/ussd/libussd.a src/wire/libwire.a src/conf/libconf.a src/text/libtext.a src/base/libbase.a \
	$(SODIUM_LIBS) $(CONFIG_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS) $(CMOCKA_LIBS)
USSD_TEST_CPPFLAGS = $(TEST_CPPFLAGS) $(SODIUM_CFLAGS) $(CONFIG_CFLAGS)

check_PROGRAMS += tests/unit/ussd/test_codec tests/unit/ussd/test_limits tests/unit/ussd/test_settings
TESTS += tests/unit/ussd/test_codec tests/unit/ussd/test_limits tests/unit/ussd/test_settings
tests_unit_ussd_test_codec_SOURCES = tests/unit/ussd/test_codec.c tests/cm.h
tests_unit_ussd_test_codec_CPPFLAGS = $(USSD_TEST_CPPFLAGS)
tests_unit_ussd_test_codec_LDADD = $(USSD_TEST_LIBS)

tests_unit_ussd_test_limits_SOURCES = tests/unit/ussd/test_limits.c tests/cm.h
tests_unit_ussd_test_limits_CPPFLAGS = $(USSD_TEST_CPPFLAGS)
tests_unit_ussd_test_limits_LDADD = $(USSD_TEST_LIBS)

tests_unit_ussd_test_settings_SOURCES = tests/unit/ussd/test_settings.c tests/cm.h tests/scratch.h
tests_unit_ussd_test_settings_CPPFLAGS = $(USSD_TEST_CPPFLAGS)
tests_unit_ussd_test_settings_LDADD = $(USSD_TEST_LIBS)
