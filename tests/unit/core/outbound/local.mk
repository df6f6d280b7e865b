DISPATCH_SCENE = tests/unit/core/outbound/dispatch_scene.c tests/unit/core/outbound/dispatch_scene.h $(OUTBOUND_WORLD) tests/cm.h tests/scratch.h
DISPATCH_TESTS = \
	tests/unit/core/outbound/test_dispatch \
	tests/unit/core/outbound/test_dispatch_restart \
	tests/unit/core/outbound/test_dispatch_report \
	tests/unit/core/outbound/test_outbox_rows \
	tests/unit/core/outbound/test_dispatch_life
check_PROGRAMS += $(DISPATCH_TESTS)
TESTS += $(DISPATCH_TESTS)
tests_unit_core_outbound_test_dispatch_SOURCES = tests/unit/core/outbound/test_dispatch.c $(DISPATCH_SCENE)
tests_unit_core_outbound_test_dispatch_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_dispatch_LDADD = $(CORE_TEST_LIBS)
tests_unit_core_outbound_test_dispatch_restart_SOURCES = tests/unit/core/outbound/test_dispatch_restart.c $(DISPATCH_SCENE)
tests_unit_core_outbound_test_dispatch_restart_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_dispatch_restart_LDADD = $(CORE_TEST_LIBS)
tests_unit_core_outbound_test_dispatch_report_SOURCES = tests/unit/core/outbound/test_dispatch_report.c $(DISPATCH_SCENE)
tests_unit_core_outbound_test_dispatch_report_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_dispatch_report_LDADD = $(CORE_TEST_LIBS)
tests_unit_core_outbound_test_outbox_rows_SOURCES = tests/unit/core/outbound/test_outbox_rows.c $(DISPATCH_SCENE)
tests_unit_core_outbound_test_outbox_rows_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_outbox_rows_LDADD = $(CORE_TEST_LIBS)
tests_unit_core_outbound_test_dispatch_life_SOURCES = tests/unit/core/outbound/test_dispatch_life.c $(DISPATCH_SCENE)
tests_unit_core_outbound_test_dispatch_life_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_dispatch_life_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/outbound/test_lane
TESTS += tests/unit/core/outbound/test_lane
tests_unit_core_outbound_test_lane_SOURCES = tests/unit/core/outbound/test_lane.c tests/cm.h
tests_unit_core_outbound_test_lane_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_lane_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/outbound/test_outbox_state
TESTS += tests/unit/core/outbound/test_outbox_state
tests_unit_core_outbound_test_outbox_state_SOURCES = tests/unit/core/outbound/test_outbox_state.c tests/cm.h
tests_unit_core_outbound_test_outbox_state_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_outbox_state_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/outbound/test_gate
TESTS += tests/unit/core/outbound/test_gate
tests_unit_core_outbound_test_gate_SOURCES = tests/unit/core/outbound/test_gate.c $(OUTBOUND_WORLD) tests/cm.h tests/scratch.h
tests_unit_core_outbound_test_gate_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_gate_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/outbound/test_route
TESTS += tests/unit/core/outbound/test_route
tests_unit_core_outbound_test_route_SOURCES = tests/unit/core/outbound/test_route.c $(OUTBOUND_WORLD) tests/cm.h tests/scratch.h
tests_unit_core_outbound_test_route_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_route_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/outbound/test_backoff
TESTS += tests/unit/core/outbound/test_backoff
tests_unit_core_outbound_test_backoff_SOURCES = tests/unit/core/outbound/test_backoff.c tests/cm.h
tests_unit_core_outbound_test_backoff_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_outbound_test_backoff_LDADD = $(CORE_TEST_LIBS)
