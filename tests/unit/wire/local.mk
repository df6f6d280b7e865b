check_PROGRAMS += tests/unit/wire/test_link
TESTS += tests/unit/wire/test_link
tests_unit_wire_test_link_SOURCES = tests/unit/wire/test_link.c tests/cm.h
tests_unit_wire_test_link_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_wire_test_link_LDADD = src/wire/libwire.a src/base/libbase.a $(JANSSON_LIBS) $(EVENT_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/wire/test_conn
TESTS += tests/unit/wire/test_conn
tests_unit_wire_test_conn_SOURCES = tests/unit/wire/test_conn.c tests/cm.h
tests_unit_wire_test_conn_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_wire_test_conn_LDADD = src/wire/libwire.a src/base/libbase.a $(JANSSON_LIBS) $(EVENT_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += tests/unit/wire/test_profile
TESTS += tests/unit/wire/test_profile
tests_unit_wire_test_profile_SOURCES = tests/unit/wire/test_profile.c tests/cm.h
tests_unit_wire_test_profile_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_wire_test_profile_LDADD = src/wire/libwire.a src/base/libbase.a $(JANSSON_LIBS) $(EVENT_LIBS) $(CMOCKA_LIBS)
