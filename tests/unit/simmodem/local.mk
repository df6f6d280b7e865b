SIMMODEM_UNIT_TESTS = \
	tests/unit/simmodem/test_at_line \
	tests/unit/simmodem/test_inject \
	tests/unit/simmodem/test_pdu \
	tests/unit/simmodem/test_store
check_PROGRAMS += $(SIMMODEM_UNIT_TESTS)
TESTS += $(SIMMODEM_UNIT_TESTS)
tests_unit_simmodem_test_at_line_SOURCES = tests/unit/simmodem/test_at_line.c tests/cm.h
tests_unit_simmodem_test_at_line_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_simmodem_test_at_line_LDADD = $(SIMMODEM_LIBS) $(CMOCKA_LIBS)
tests_unit_simmodem_test_inject_SOURCES = tests/unit/simmodem/test_inject.c tests/cm.h
tests_unit_simmodem_test_inject_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_simmodem_test_inject_LDADD = $(SIMMODEM_LIBS) $(CMOCKA_LIBS)
tests_unit_simmodem_test_pdu_SOURCES = tests/unit/simmodem/test_pdu.c tests/cm.h
tests_unit_simmodem_test_pdu_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_simmodem_test_pdu_LDADD = $(SIMMODEM_LIBS) $(CMOCKA_LIBS)
tests_unit_simmodem_test_store_SOURCES = tests/unit/simmodem/test_store.c tests/cm.h
tests_unit_simmodem_test_store_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_simmodem_test_store_LDADD = $(SIMMODEM_LIBS) $(CMOCKA_LIBS)
