# libconf: configuration files of every program of ours.
noinst_LIBRARIES += src/conf/libconf.a
src_conf_libconf_a_CPPFLAGS = $(AM_CPPFLAGS) $(CONFIG_CFLAGS)
src_conf_libconf_a_SOURCES = \
	src/conf/conf.c \
	src/conf/conf.h \
	src/conf/conf_file.c
