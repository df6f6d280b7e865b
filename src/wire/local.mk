noinst_LIBRARIES += src/wire/libwire.a
src_wire_libwire_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS)
src_wire_libwire_a_SOURCES = \
	src/wire/conn.c src/wire/conn.h \
	src/wire/fields.c src/wire/fields.h \
	src/wire/link.c src/wire/link.h \
	src/wire/profile.c src/wire/profile.h \
	src/wire/profile_row.c src/wire/profile_row.h \
	src/wire/uplink.c src/wire/uplink.h \
	src/wire/wipe.c src/wire/wipe.h
