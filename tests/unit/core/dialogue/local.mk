check_PROGRAMS += tests/unit/core/dialogue/test_contact_safety
TESTS += tests/unit/core/dialogue/test_contact_safety
tests_unit_core_dialogue_test_contact_safety_SOURCES = tests/unit/core/dialogue/test_contact_safety.c tests/cm.h
tests_unit_core_dialogue_test_contact_safety_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_dialogue_test_contact_safety_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/dialogue/test_answer
TESTS += tests/unit/core/dialogue/test_answer
tests_unit_core_dialogue_test_answer_SOURCES = tests/unit/core/dialogue/test_answer.c tests/cm.h
tests_unit_core_dialogue_test_answer_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_dialogue_test_answer_LDADD = $(CORE_TEST_LIBS)
