# The tests of the core, a folder for each of its rooms. OUTBOUND_WORLD and INBOUND_ENV set a scene for several of them, and
# stand in for the rooms next door.
CORE_TEST_CPPFLAGS = $(TEST_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(CONFIG_CFLAGS)
CORE_TEST_LIBS = $(CORE_LIBS) $(CMOCKA_LIBS)
OUTBOUND_WORLD = tests/unit/core/outbound/outbound_world.c tests/unit/core/outbound/outbound_world.h
INBOUND_ENV = tests/unit/core/inbound/inbound_env.c tests/unit/core/inbound/inbound_env.h

check_PROGRAMS += tests/unit/core/test_number
TESTS += tests/unit/core/test_number
tests_unit_core_test_number_SOURCES = tests/unit/core/test_number.c tests/cm.h
tests_unit_core_test_number_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_test_number_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/test_turn
TESTS += tests/unit/core/test_turn
tests_unit_core_test_turn_SOURCES = tests/unit/core/test_turn.c tests/cm.h tests/scratch.h
tests_unit_core_test_turn_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_test_turn_LDADD = $(CORE_TEST_LIBS)

include tests/unit/core/alert/local.mk
include tests/unit/core/backup/local.mk
include tests/unit/core/campaign/local.mk
include tests/unit/core/case/local.mk
include tests/unit/core/config/local.mk
include tests/unit/core/contacts/local.mk
include tests/unit/core/control/local.mk
include tests/unit/core/dialogue/local.mk
include tests/unit/core/health/local.mk
include tests/unit/core/inbound/local.mk
include tests/unit/core/link/local.mk
include tests/unit/core/outbound/local.mk
include tests/unit/core/oversight/local.mk
include tests/unit/core/people/local.mk
include tests/unit/core/retention/local.mk
include tests/unit/core/report/local.mk
include tests/unit/core/roster/local.mk
include tests/unit/core/service/local.mk
include tests/unit/core/ussd/local.mk
