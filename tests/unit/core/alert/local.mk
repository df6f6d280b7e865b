ALERT_SCENE = tests/unit/core/alert/alert_scene.c tests/unit/core/alert/alert_scene.h $(OUTBOUND_WORLD)

check_PROGRAMS += tests/unit/core/alert/test_alert
TESTS += tests/unit/core/alert/test_alert
tests_unit_core_alert_test_alert_SOURCES = tests/unit/core/alert/test_alert.c $(ALERT_SCENE) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_alert_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_alert_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_alert_answer
TESTS += tests/unit/core/alert/test_alert_answer
tests_unit_core_alert_test_alert_answer_SOURCES = tests/unit/core/alert/test_alert_answer.c $(ALERT_SCENE) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_alert_answer_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_alert_answer_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_alert_case
TESTS += tests/unit/core/alert/test_alert_case
tests_unit_core_alert_test_alert_case_SOURCES = tests/unit/core/alert/test_alert_case.c $(ALERT_SCENE) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_alert_case_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_alert_case_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_alert_restart
TESTS += tests/unit/core/alert/test_alert_restart
tests_unit_core_alert_test_alert_restart_SOURCES = tests/unit/core/alert/test_alert_restart.c $(ALERT_SCENE) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_alert_restart_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_alert_restart_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_alert_policy
TESTS += tests/unit/core/alert/test_alert_policy
tests_unit_core_alert_test_alert_policy_SOURCES = tests/unit/core/alert/test_alert_policy.c tests/cm.h
tests_unit_core_alert_test_alert_policy_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_alert_policy_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_duty_order
TESTS += tests/unit/core/alert/test_duty_order
tests_unit_core_alert_test_duty_order_SOURCES = tests/unit/core/alert/test_duty_order.c tests/cm.h
tests_unit_core_alert_test_duty_order_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_duty_order_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_policies
TESTS += tests/unit/core/alert/test_policies
tests_unit_core_alert_test_policies_SOURCES = tests/unit/core/alert/test_policies.c tests/cm.h tests/scratch.h
tests_unit_core_alert_test_policies_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_policies_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_escalation
TESTS += tests/unit/core/alert/test_escalation
tests_unit_core_alert_test_escalation_SOURCES = tests/unit/core/alert/test_escalation.c $(ALERT_SCENE) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_escalation_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_escalation_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_command
TESTS += tests/unit/core/alert/test_command
tests_unit_core_alert_test_command_SOURCES = tests/unit/core/alert/test_command.c tests/cm.h
tests_unit_core_alert_test_command_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_command_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_ack
TESTS += tests/unit/core/alert/test_ack
tests_unit_core_alert_test_ack_SOURCES = tests/unit/core/alert/test_ack.c $(ALERT_SCENE) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_ack_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_ack_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_swap
TESTS += tests/unit/core/alert/test_swap
tests_unit_core_alert_test_swap_SOURCES = tests/unit/core/alert/test_swap.c $(OUTBOUND_WORLD) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_swap_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_swap_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_quiet_hours
TESTS += tests/unit/core/alert/test_quiet_hours
tests_unit_core_alert_test_quiet_hours_SOURCES = tests/unit/core/alert/test_quiet_hours.c $(ALERT_SCENE) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_quiet_hours_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_quiet_hours_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_roster_months
TESTS += tests/unit/core/alert/test_roster_months
tests_unit_core_alert_test_roster_months_SOURCES = tests/unit/core/alert/test_roster_months.c $(ALERT_SCENE) tests/cm.h tests/scratch.h
tests_unit_core_alert_test_roster_months_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_roster_months_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_alert_state
TESTS += tests/unit/core/alert/test_alert_state
tests_unit_core_alert_test_alert_state_SOURCES = tests/unit/core/alert/test_alert_state.c tests/cm.h
tests_unit_core_alert_test_alert_state_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_alert_state_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/alert/test_ack_rule
TESTS += tests/unit/core/alert/test_ack_rule
tests_unit_core_alert_test_ack_rule_SOURCES = tests/unit/core/alert/test_ack_rule.c tests/cm.h
tests_unit_core_alert_test_ack_rule_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_alert_test_ack_rule_LDADD = $(CORE_TEST_LIBS)
