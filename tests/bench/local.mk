# Benchmarks: built and run by `make bench` only, never by `make check`; they print figures and assert nothing.
EXTRA_PROGRAMS = $(BENCHES)
BENCHES = tests/bench/bench_triage
CLEANFILES += $(BENCHES)
EXTRA_DIST += tests/bench/run tests/bench/recovery
bench: $(BENCHES)

tests_bench_bench_triage_SOURCES = tests/bench/bench_triage.c tests/tsv.h
tests_bench_bench_triage_CPPFLAGS = $(TEST_CPPFLAGS)
tests_bench_bench_triage_LDADD = src/core/triage/libtriage.a src/text/libtext.a src/base/libbase.a
