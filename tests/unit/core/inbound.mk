# What comes in: numbers, codes, receipts, assembly, intake.
check_PROGRAMS += tests/unit/core/test_number tests/unit/core/test_case_code tests/unit/core/test_receipt
TESTS += tests/unit/core/test_number tests/unit/core/test_case_code tests/unit/core/test_receipt

tests_unit_core_test_number_SOURCES = tests/unit/core/test_number.c tests/cm.h
tests_unit_core_test_number_CPPFLAGS = $(TURN_TEST_CPPFLAGS)
tests_unit_core_test_number_LDADD = $(TURN_TEST_LIBS)

tests_unit_core_test_case_code_SOURCES = tests/unit/core/test_case_code.c tests/cm.h
tests_unit_core_test_case_code_CPPFLAGS = $(TURN_TEST_CPPFLAGS)
tests_unit_core_test_case_code_LDADD = $(TURN_TEST_LIBS)

tests_unit_core_test_receipt_SOURCES = tests/unit/core/test_receipt.c tests/cm.h
tests_unit_core_test_receipt_CPPFLAGS = $(TURN_TEST_CPPFLAGS)
tests_unit_core_test_receipt_LDADD = $(TURN_TEST_LIBS)

check_PROGRAMS += tests/unit/core/test_intake tests/unit/core/test_assembly
TESTS += tests/unit/core/test_intake tests/unit/core/test_assembly
INBOUND_ENV = tests/unit/core/inbound_env.c tests/unit/core/inbound_env.h tests/cm.h tests/scratch.h

tests_unit_core_test_intake_SOURCES = tests/unit/core/test_intake.c $(INBOUND_ENV)
tests_unit_core_test_intake_CPPFLAGS = $(TURN_TEST_CPPFLAGS)
tests_unit_core_test_intake_LDADD = $(TURN_TEST_LIBS)

tests_unit_core_test_assembly_SOURCES = tests/unit/core/test_assembly.c $(INBOUND_ENV)
tests_unit_core_test_assembly_CPPFLAGS = $(TURN_TEST_CPPFLAGS)
tests_unit_core_test_assembly_LDADD = $(TURN_TEST_LIBS)
