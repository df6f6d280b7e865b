check_PROGRAMS += tests/unit/core/inbound/test_assembly
TESTS += tests/unit/core/inbound/test_assembly
tests_unit_core_inbound_test_assembly_SOURCES = tests/unit/core/inbound/test_assembly.c $(INBOUND_ENV) tests/cm.h tests/scratch.h
tests_unit_core_inbound_test_assembly_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_inbound_test_assembly_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/inbound/test_intake
TESTS += tests/unit/core/inbound/test_intake
tests_unit_core_inbound_test_intake_SOURCES = tests/unit/core/inbound/test_intake.c $(INBOUND_ENV) tests/cm.h tests/scratch.h
tests_unit_core_inbound_test_intake_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_inbound_test_intake_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/inbound/test_receipt
TESTS += tests/unit/core/inbound/test_receipt
tests_unit_core_inbound_test_receipt_SOURCES = tests/unit/core/inbound/test_receipt.c tests/cm.h
tests_unit_core_inbound_test_receipt_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_inbound_test_receipt_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/inbound/test_loop
TESTS += tests/unit/core/inbound/test_loop
tests_unit_core_inbound_test_loop_SOURCES = tests/unit/core/inbound/test_loop.c $(INBOUND_ENV) tests/cm.h tests/scratch.h
tests_unit_core_inbound_test_loop_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_inbound_test_loop_LDADD = $(CORE_TEST_LIBS)
