noinst_LIBRARIES += src/core/triage/libtriage.a
src_core_triage_libtriage_a_SOURCES = \
	src/core/triage/names.c src/core/triage/triage.h
