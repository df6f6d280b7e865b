# What goes out: outbox, dispatcher, roster, alerts.
OUTBOUND_TESTS = tests/unit/core/test_outbox_state tests/unit/core/test_alert_policy tests/unit/core/test_roster \
	tests/unit/core/test_dispatch tests/unit/core/test_alert
check_PROGRAMS += $(OUTBOUND_TESTS)
TESTS += $(OUTBOUND_TESTS)
OUTBOUND_TEST_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(CONFIG_CFLAGS)
OUTBOUND_TEST_LIBS = $(CORE_LIBS) $(CMOCKA_LIBS)

tests_unit_core_test_outbox_state_SOURCES = tests/unit/core/test_outbox_state.c tests/cm.h
tests_unit_core_test_outbox_state_CPPFLAGS = $(OUTBOUND_TEST_CPPFLAGS)
tests_unit_core_test_outbox_state_LDADD = $(OUTBOUND_TEST_LIBS)

tests_unit_core_test_alert_policy_SOURCES = tests/unit/core/test_alert_policy.c tests/cm.h
tests_unit_core_test_alert_policy_CPPFLAGS = $(OUTBOUND_TEST_CPPFLAGS)
tests_unit_core_test_alert_policy_LDADD = $(OUTBOUND_TEST_LIBS)

tests_unit_core_test_roster_SOURCES = tests/unit/core/test_roster.c tests/cm.h tests/scratch.h
tests_unit_core_test_roster_CPPFLAGS = $(OUTBOUND_TEST_CPPFLAGS)
tests_unit_core_test_roster_LDADD = $(OUTBOUND_TEST_LIBS)

OUTBOUND_WORLD = tests/unit/core/outbound_world.c tests/unit/core/outbound_world.h tests/cm.h tests/scratch.h

tests_unit_core_test_dispatch_SOURCES = tests/unit/core/test_dispatch.c $(OUTBOUND_WORLD)
tests_unit_core_test_dispatch_CPPFLAGS = $(OUTBOUND_TEST_CPPFLAGS)
tests_unit_core_test_dispatch_LDADD = $(OUTBOUND_TEST_LIBS)

tests_unit_core_test_alert_SOURCES = tests/unit/core/test_alert.c $(OUTBOUND_WORLD)
tests_unit_core_test_alert_CPPFLAGS = $(OUTBOUND_TEST_CPPFLAGS)
tests_unit_core_test_alert_LDADD = $(OUTBOUND_TEST_LIBS)
