CTL_TESTS = tests/unit/ctl/test_args tests/unit/ctl/test_show
check_PROGRAMS += $(CTL_TESTS)
TESTS += $(CTL_TESTS)

tests_unit_ctl_test_args_SOURCES = tests/unit/ctl/test_args.c tests/cm.h
tests_unit_ctl_test_args_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_ctl_test_args_LDADD = $(CTL_LIBS) $(CMOCKA_LIBS)

tests_unit_ctl_test_show_SOURCES = tests/unit/ctl/test_show.c tests/cm.h
tests_unit_ctl_test_show_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_ctl_test_show_LDADD = $(CTL_LIBS) $(CMOCKA_LIBS)
