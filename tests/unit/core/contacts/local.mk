check_PROGRAMS += tests/unit/core/contacts/test_eligible
TESTS += tests/unit/core/contacts/test_eligible
tests_unit_core_contacts_test_eligible_SOURCES = tests/unit/core/contacts/test_eligible.c tests/cm.h
tests_unit_core_contacts_test_eligible_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_contacts_test_eligible_LDADD = $(CORE_TEST_LIBS)
