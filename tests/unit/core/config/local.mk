check_PROGRAMS += tests/unit/core/config/test_conf
TESTS += tests/unit/core/config/test_conf
tests_unit_core_config_test_conf_SOURCES = tests/unit/core/config/test_conf.c tests/cm.h
tests_unit_core_config_test_conf_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_config_test_conf_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/config/test_operators
TESTS += tests/unit/core/config/test_operators
tests_unit_core_config_test_operators_SOURCES = tests/unit/core/config/test_operators.c tests/cm.h
tests_unit_core_config_test_operators_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_config_test_operators_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/config/test_modems
TESTS += tests/unit/core/config/test_modems
tests_unit_core_config_test_modems_SOURCES = tests/unit/core/config/test_modems.c tests/cm.h
tests_unit_core_config_test_modems_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_config_test_modems_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/config/test_profiles
TESTS += tests/unit/core/config/test_profiles
tests_unit_core_config_test_profiles_SOURCES = tests/unit/core/config/test_profiles.c tests/cm.h tests/scratch.h
tests_unit_core_config_test_profiles_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_config_test_profiles_LDADD = $(CORE_TEST_LIBS)

check_PROGRAMS += tests/unit/core/config/test_wording
TESTS += tests/unit/core/config/test_wording
tests_unit_core_config_test_wording_SOURCES = tests/unit/core/config/test_wording.c tests/cm.h
tests_unit_core_config_test_wording_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_config_test_wording_LDADD = $(CORE_TEST_LIBS)

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
	tests/data/conf/operators.conf \
	tests/data/conf/profiles.conf \
	tests/data/conf/ranges.conf \
	tests/data/conf/sockets.conf \
	tests/data/conf/syntax.conf \
	tests/data/conf/twice.conf \
	tests/data/conf/types.conf \
	tests/data/conf/unknown.conf
