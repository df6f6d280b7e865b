# Fuzz targets: fuzz_NAME.c with its seeds in seeds/NAME. With --enable-fuzzers (CC=clang) they are libFuzzer programs to run by
# hand; otherwise each runs over its seeds in `make check`.
FUZZ_TARGETS = tests/fuzz/fuzz_at tests/fuzz/fuzz_config tests/fuzz/fuzz_csv tests/fuzz/fuzz_fold tests/fuzz/fuzz_gateway tests/fuzz/fuzz_menu tests/fuzz/fuzz_note tests/fuzz/fuzz_pdu tests/fuzz/fuzz_roster tests/fuzz/fuzz_rules \
	tests/fuzz/fuzz_submit tests/fuzz/fuzz_triage tests/fuzz/fuzz_ussd tests/fuzz/fuzz_weights tests/fuzz/fuzz_wire tests/fuzz/fuzz_words
check_PROGRAMS += $(FUZZ_TARGETS)
if FUZZERS
FUZZ_MAIN =
else
FUZZ_MAIN = tests/fuzz/standalone.c
TESTS += $(FUZZ_TARGETS)
endif
EXTRA_DIST += tests/fuzz/fuzz.h tests/fuzz/seeds

tests_fuzz_fuzz_csv_SOURCES = tests/fuzz/fuzz_csv.c $(FUZZ_MAIN)
tests_fuzz_fuzz_csv_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_csv_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_csv_LDADD = src/text/libtext.a src/base/libbase.a

tests_fuzz_fuzz_fold_SOURCES = tests/fuzz/fuzz_fold.c $(FUZZ_MAIN)
tests_fuzz_fuzz_fold_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_fold_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_fold_LDADD = src/text/libtext.a src/base/libbase.a

tests_fuzz_fuzz_note_SOURCES = tests/fuzz/fuzz_note.c $(FUZZ_MAIN)
tests_fuzz_fuzz_note_CPPFLAGS = $(TEST_CPPFLAGS) $(SODIUM_CFLAGS)
tests_fuzz_fuzz_note_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_note_LDADD = src/notify/libnotify.a src/base/libbase.a $(SODIUM_LIBS) $(JANSSON_LIBS)

tests_fuzz_fuzz_gateway_SOURCES = tests/fuzz/fuzz_gateway.c $(FUZZ_MAIN)
tests_fuzz_fuzz_gateway_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_gateway_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_gateway_LDADD = src/ussd/libussd.a src/wire/libwire.a src/conf/libconf.a src/text/libtext.a src/base/libbase.a $(JANSSON_LIBS) $(EVENT_LIBS)

tests_fuzz_fuzz_rules_SOURCES = tests/fuzz/fuzz_rules.c $(FUZZ_MAIN)
tests_fuzz_fuzz_rules_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_rules_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_rules_LDADD = src/core/triage/libtriage.a src/text/libtext.a src/base/libbase.a

tests_fuzz_fuzz_triage_SOURCES = tests/fuzz/fuzz_triage.c $(FUZZ_MAIN)
tests_fuzz_fuzz_triage_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_triage_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_triage_LDADD = src/core/triage/libtriage.a src/text/libtext.a src/base/libbase.a

tests_fuzz_fuzz_weights_SOURCES = tests/fuzz/fuzz_weights.c $(FUZZ_MAIN)
tests_fuzz_fuzz_weights_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_weights_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_weights_LDADD = src/core/triage/libtriage.a src/text/libtext.a src/base/libbase.a

tests_fuzz_fuzz_config_SOURCES = tests/fuzz/fuzz_config.c $(FUZZ_MAIN)
tests_fuzz_fuzz_config_CPPFLAGS = $(TEST_CPPFLAGS) $(CONFIG_CFLAGS)
tests_fuzz_fuzz_config_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_config_LDADD = src/core/libcore.a src/wire/libwire.a src/conf/libconf.a src/text/libtext.a src/base/libbase.a \
	$(CONFIG_LIBS) $(JANSSON_LIBS)

tests_fuzz_fuzz_menu_SOURCES = tests/fuzz/fuzz_menu.c $(FUZZ_MAIN)
tests_fuzz_fuzz_menu_CPPFLAGS = $(TEST_CPPFLAGS) $(CONFIG_CFLAGS)
tests_fuzz_fuzz_menu_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_menu_LDADD = src/core/libcore.a src/core/triage/libtriage.a src/wire/libwire.a src/conf/libconf.a src/text/libtext.a src/base/libbase.a \
	$(CONFIG_LIBS) $(JANSSON_LIBS)

FUZZ_CORE_LIBS = src/core/libcore.a src/core/triage/libtriage.a src/wire/libwire.a src/conf/libconf.a src/text/libtext.a src/base/libbase.a \
	$(CONFIG_LIBS) $(JANSSON_LIBS)

tests_fuzz_fuzz_roster_SOURCES = tests/fuzz/fuzz_roster.c $(FUZZ_MAIN)
tests_fuzz_fuzz_roster_CPPFLAGS = $(TEST_CPPFLAGS) $(CONFIG_CFLAGS)
tests_fuzz_fuzz_roster_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_roster_LDADD = $(FUZZ_CORE_LIBS)

tests_fuzz_fuzz_words_SOURCES = tests/fuzz/fuzz_words.c $(FUZZ_MAIN)
tests_fuzz_fuzz_words_CPPFLAGS = $(TEST_CPPFLAGS) $(CONFIG_CFLAGS)
tests_fuzz_fuzz_words_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_words_LDADD = src/modem/libmodem.a $(FUZZ_CORE_LIBS) src/vault/libvault.a src/base/libbase.a $(SODIUM_LIBS)

FUZZ_MODEM_LIBS = src/modem/libmodem.a src/wire/libwire.a src/text/libtext.a src/base/libbase.a \
	$(GAMMU_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS)

tests_fuzz_fuzz_at_SOURCES = tests/fuzz/fuzz_at.c $(FUZZ_MAIN)
tests_fuzz_fuzz_at_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_at_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_at_LDADD = $(FUZZ_MODEM_LIBS)

tests_fuzz_fuzz_pdu_SOURCES = tests/fuzz/fuzz_pdu.c $(FUZZ_MAIN)
tests_fuzz_fuzz_pdu_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_pdu_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_pdu_LDADD = $(FUZZ_MODEM_LIBS)

tests_fuzz_fuzz_submit_SOURCES = tests/fuzz/fuzz_submit.c $(FUZZ_MAIN)
tests_fuzz_fuzz_submit_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_submit_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_submit_LDADD = $(FUZZ_MODEM_LIBS)

tests_fuzz_fuzz_ussd_SOURCES = tests/fuzz/fuzz_ussd.c $(FUZZ_MAIN)
tests_fuzz_fuzz_ussd_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_ussd_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_ussd_LDADD = $(FUZZ_MODEM_LIBS)

tests_fuzz_fuzz_wire_SOURCES = tests/fuzz/fuzz_wire.c $(FUZZ_MAIN)
tests_fuzz_fuzz_wire_CPPFLAGS = $(TEST_CPPFLAGS)
tests_fuzz_fuzz_wire_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_fuzz_wire_LDADD = src/wire/libwire.a src/base/libbase.a $(JANSSON_LIBS) $(EVENT_LIBS)
