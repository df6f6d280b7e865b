# Benchmarks: built and run by `make bench` only, never by `make check`; they print figures and assert nothing.
EXTRA_PROGRAMS = $(BENCHES)
BENCHES = tests/bench/load_ussd tests/bench/bench_triage tests/bench/bench_escalation tests/bench/bench_feed
CLEANFILES += $(BENCHES)
BENCH_PARTS = tests/bench/scene.py tests/bench/bench_campaign.py tests/bench/bench_contacts.py tests/bench/bench_emergency.py tests/bench/bench_fleet.py tests/bench/bench_flood.py tests/bench/bench_inside.py \
	tests/bench/bench_receive.py tests/bench/bench_rest.py tests/bench/bench_send.py tests/bench/bench_ussd.py
EXTRA_DIST += tests/bench/run $(BENCH_PARTS) tests/bench/recovery
bench: $(BENCHES)

tests_bench_bench_triage_SOURCES = tests/bench/bench_triage.c tests/tsv.h
tests_bench_bench_triage_CPPFLAGS = $(TEST_CPPFLAGS)
tests_bench_bench_triage_LDADD = src/core/triage/libtriage.a src/text/libtext.a src/base/libbase.a

tests_bench_bench_escalation_SOURCES = tests/bench/bench_escalation.c $(OUTBOUND_WORLD) tests/cm.h tests/scratch.h
tests_bench_bench_escalation_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_bench_bench_escalation_LDADD = $(CORE_TEST_LIBS)

tests_bench_bench_feed_SOURCES = tests/bench/bench_feed.c
tests_bench_bench_feed_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_bench_bench_feed_LDADD = $(CORE_LIBS)

tests_bench_load_ussd_SOURCES = tests/bench/load_ussd.c
tests_bench_load_ussd_CPPFLAGS = $(TEST_CPPFLAGS)
tests_bench_load_ussd_LDADD = $(EVENT_LIBS)
