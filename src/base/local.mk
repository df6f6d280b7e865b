noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS)
src_base_libbase_a_SOURCES = \
	src/base/clock.c src/base/clock.h \
	src/base/confine.c src/base/confine.h \
	src/base/error.c src/base/error.h \
	src/base/file.c src/base/file.h \
	src/base/hex.c src/base/hex.h \
	src/base/log.c src/base/log.h \
	src/base/mem.c src/base/mem.h \
	src/base/notify.c src/base/notify.h \
	src/base/seldom.c src/base/seldom.h
