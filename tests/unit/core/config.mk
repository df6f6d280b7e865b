CONFIG_TESTS = tests/unit/core/test_conf tests/unit/core/test_wording tests/unit/core/test_control
check_PROGRAMS += $(CONFIG_TESTS)
TESTS += $(CONFIG_TESTS)
CONFIG_TEST_CPPFLAGS = $(TEST_CPPFLAGS) $(CONFIG_CFLAGS) $(SODIUM_CFLAGS) $(SQLITE_CFLAGS)

tests_unit_core_test_conf_SOURCES = tests/unit/core/test_conf.c tests/cm.h
tests_unit_core_test_conf_CPPFLAGS = $(CONFIG_TEST_CPPFLAGS)
tests_unit_core_test_conf_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

tests_unit_core_test_wording_SOURCES = tests/unit/core/test_wording.c tests/cm.h
tests_unit_core_test_wording_CPPFLAGS = $(CONFIG_TEST_CPPFLAGS)
tests_unit_core_test_wording_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

tests_unit_core_test_control_SOURCES = tests/unit/core/test_control.c tests/cm.h
tests_unit_core_test_control_CPPFLAGS = $(CONFIG_TEST_CPPFLAGS)
tests_unit_core_test_control_LDADD = $(CORE_LIBS) $(CMOCKA_LIBS)

EXTRA_DIST += \
	tests/data/conf/deep.conf \
	tests/data/conf/empty.conf \
	tests/data/conf/good.conf \
	tests/data/conf/huge.conf tests/data/conf/huge_hex.conf tests/data/conf/huge_more.conf \
	tests/data/conf/include.conf \
	tests/data/conf/latin1.conf \
	tests/data/conf/modems.conf \
	tests/data/conf/modems/generic.conf \
	tests/data/conf/modems/odd.conf \
	tests/data/conf/modems/slow.conf \
	tests/data/conf/modems/torn.conf \
	tests/data/conf/nul.conf \
	tests/data/conf/profiles.conf \
	tests/data/conf/ranges.conf \
	tests/data/conf/sockets.conf \
	tests/data/conf/syntax.conf \
	tests/data/conf/twice.conf \
	tests/data/conf/types.conf \
	tests/data/conf/unknown.conf
