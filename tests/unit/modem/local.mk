MODEM_TESTS = \
	tests/unit/modem/test_at \
	tests/unit/modem/test_at_line \
	tests/unit/modem/test_call_number \
	tests/unit/modem/test_cms \
	tests/unit/modem/test_deadly \
	tests/unit/modem/test_held \
	tests/unit/modem/test_precedence \
	tests/unit/modem/test_reading \
	tests/unit/modem/test_state \
	tests/unit/modem/test_ussd_code \
	tests/unit/modem/test_pdu
check_PROGRAMS += $(MODEM_TESTS)
TESTS += $(MODEM_TESTS)
MODEM_TEST_LIBS = src/modem/libmodem.a src/wire/libwire.a src/text/libtext.a src/base/libbase.a \
	$(GAMMU_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS) $(CMOCKA_LIBS)

tests_unit_modem_test_pdu_SOURCES = tests/unit/modem/test_pdu.c tests/unit/modem/pdu_build.h tests/cm.h
tests_unit_modem_test_pdu_CPPFLAGS = $(TEST_CPPFLAGS) -I$(srcdir)/tests/unit/modem
tests_unit_modem_test_pdu_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_at_SOURCES = tests/unit/modem/test_at.c tests/cm.h
tests_unit_modem_test_at_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_at_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_at_line_SOURCES = tests/unit/modem/test_at_line.c tests/cm.h
tests_unit_modem_test_at_line_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_at_line_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_call_number_SOURCES = tests/unit/modem/test_call_number.c tests/cm.h
tests_unit_modem_test_call_number_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_call_number_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_deadly_SOURCES = tests/unit/modem/test_deadly.c tests/cm.h
tests_unit_modem_test_deadly_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_deadly_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_cms_SOURCES = tests/unit/modem/test_cms.c tests/cm.h
tests_unit_modem_test_cms_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_cms_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_reading_SOURCES = tests/unit/modem/test_reading.c tests/cm.h
tests_unit_modem_test_reading_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_reading_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=pdu_decode -Wl,--wrap=uplink_send
tests_unit_modem_test_reading_LDADD = $(MODEM_TEST_LIBS) $(SECCOMP_LIBS)

tests_unit_modem_test_held_SOURCES = tests/unit/modem/test_held.c tests/cm.h
tests_unit_modem_test_held_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_held_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_precedence_SOURCES = tests/unit/modem/test_precedence.c tests/cm.h
tests_unit_modem_test_precedence_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_precedence_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_state_SOURCES = tests/unit/modem/test_state.c tests/cm.h
tests_unit_modem_test_state_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_state_LDADD = $(MODEM_TEST_LIBS)

tests_unit_modem_test_ussd_code_SOURCES = tests/unit/modem/test_ussd_code.c tests/cm.h
tests_unit_modem_test_ussd_code_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_modem_test_ussd_code_LDADD = $(MODEM_TEST_LIBS)
