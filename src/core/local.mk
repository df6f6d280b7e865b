# The core is one library of several rooms; each room lists its files beside it, so that two people do not edit one list.
include src/core/triage/local.mk
include src/core/rooms/turn.mk
include src/core/rooms/inbound.mk
include src/core/rooms/outbound.mk
include src/core/rooms/people.mk
include src/core/rooms/config.mk

CORE_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(CONFIG_CFLAGS)
CORE_LIBS = src/core/libcore.a src/core/triage/libtriage.a src/store/libstore.a src/vault/libvault.a src/wire/libwire.a \
	src/text/libtext.a src/base/libbase.a \
	$(SQLITE_LIBS) $(SODIUM_LIBS) $(CONFIG_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS) -lpthread

noinst_LIBRARIES += src/core/libcore.a
src_core_libcore_a_CPPFLAGS = $(CORE_CPPFLAGS)
src_core_libcore_a_SOURCES = src/core/core.h \
	$(core_turn) $(core_inbound) $(core_outbound) $(core_people) $(core_config)

sbin_PROGRAMS += hotlined
hotlined_CPPFLAGS = $(CORE_CPPFLAGS)
hotlined_SOURCES = src/core/main.c
hotlined_LDADD = $(CORE_LIBS)
