check_PROGRAMS += tests/unit/core/link/test_links
TESTS += tests/unit/core/link/test_links
tests_unit_core_link_test_links_SOURCES = tests/unit/core/link/test_links.c tests/cm.h tests/scratch.h
tests_unit_core_link_test_links_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_link_test_links_LDADD = $(CORE_TEST_LIBS)
