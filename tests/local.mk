# Unit tests mirror src/. Every cmocka program is also a row of TESTS; integration tests are Python scripts that
# drive the real programs (tests/integration/README.md).
TEST_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE -I$(top_srcdir)/tests $(CMOCKA_CFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS) \
	-DHL_TEST_DATA='"$(abs_top_srcdir)/tests/data"' -DHL_SRCDIR='"$(abs_top_srcdir)"'

AM_TESTS_ENVIRONMENT = HL_BUILDDIR='$(abs_top_builddir)'; HL_SRCDIR='$(abs_top_srcdir)'; export HL_BUILDDIR HL_SRCDIR;
TEST_EXTENSIONS = .py
PY_LOG_COMPILER = $(PYTHON3)

include tests/unit/base/local.mk
include tests/unit/text/local.mk
include tests/unit/triage/local.mk
include tests/unit/wire/local.mk
include tests/unit/vault/local.mk
include tests/unit/store/local.mk
include tests/unit/core/local.mk
include tests/unit/modem/local.mk
include tests/unit/notify/local.mk
include tests/unit/ussd/local.mk
include tests/unit/simmodem/local.mk
include tests/unit/ctl/local.mk
include tests/integration/local.mk
include tests/fault/local.mk
include tests/fuzz/local.mk
include tests/bench/local.mk
