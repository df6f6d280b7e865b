check_PROGRAMS += tests/unit/core/ussd/test_engine
TESTS += tests/unit/core/ussd/test_engine
tests_unit_core_ussd_test_engine_SOURCES = tests/unit/core/ussd/test_engine.c tests/cm.h
tests_unit_core_ussd_test_engine_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_ussd_test_engine_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/ussd/test_menu
TESTS += tests/unit/core/ussd/test_menu
tests_unit_core_ussd_test_menu_SOURCES = tests/unit/core/ussd/test_menu.c tests/cm.h
tests_unit_core_ussd_test_menu_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_ussd_test_menu_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/ussd/test_order
TESTS += tests/unit/core/ussd/test_order
tests_unit_core_ussd_test_order_SOURCES = tests/unit/core/ussd/test_order.c tests/cm.h
tests_unit_core_ussd_test_order_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_ussd_test_order_LDADD = $(CORE_TEST_LIBS)
