check_PROGRAMS += tests/unit/core/roster/test_roster
TESTS += tests/unit/core/roster/test_roster
tests_unit_core_roster_test_roster_SOURCES = tests/unit/core/roster/test_roster.c tests/cm.h tests/scratch.h
tests_unit_core_roster_test_roster_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_roster_test_roster_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/roster/test_schedule
TESTS += tests/unit/core/roster/test_schedule
tests_unit_core_roster_test_schedule_SOURCES = tests/unit/core/roster/test_schedule.c tests/cm.h tests/scratch.h
tests_unit_core_roster_test_schedule_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_roster_test_schedule_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/roster/test_roster_number
TESTS += tests/unit/core/roster/test_roster_number
tests_unit_core_roster_test_roster_number_SOURCES = tests/unit/core/roster/test_roster_number.c tests/cm.h
tests_unit_core_roster_test_roster_number_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_roster_test_roster_number_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/roster/test_cover
TESTS += tests/unit/core/roster/test_cover
tests_unit_core_roster_test_cover_SOURCES = tests/unit/core/roster/test_cover.c tests/cm.h
tests_unit_core_roster_test_cover_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_roster_test_cover_LDADD = $(CORE_TEST_LIBS)
