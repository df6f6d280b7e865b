# The core is one library of several rooms, a folder each, which list their own files.
include src/core/triage/local.mk
include src/core/alert/local.mk
include src/core/backup/local.mk
include src/core/campaign/local.mk
include src/core/case/local.mk
include src/core/config/local.mk
include src/core/contacts/local.mk
include src/core/control/local.mk
include src/core/dialogue/local.mk
include src/core/duty/local.mk
include src/core/health/local.mk
include src/core/inbound/local.mk
include src/core/link/local.mk
include src/core/ops/local.mk
include src/core/outbound/local.mk
include src/core/oversight/local.mk
include src/core/people/local.mk
include src/core/retention/local.mk
include src/core/report/local.mk
include src/core/roster/local.mk
include src/core/service/local.mk
include src/core/ussd/local.mk

CORE_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS) $(CONFIG_CFLAGS)
CORE_LIBS = src/core/libcore.a src/core/triage/libtriage.a src/store/libstore.a src/vault/libvault.a src/wire/libwire.a \
	src/conf/libconf.a src/text/libtext.a src/base/libbase.a \
	$(SQLITE_LIBS) $(SODIUM_LIBS) $(CONFIG_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS) -lpthread -lm

noinst_LIBRARIES += src/core/libcore.a
src_core_libcore_a_CPPFLAGS = $(CORE_CPPFLAGS)
src_core_libcore_a_SOURCES = \
	src/core/activation.c \
	src/core/activation.h \
	src/core/core.h \
	src/core/counters.c \
	src/core/counters.h \
	src/core/hooks.c \
	src/core/hooks.h \
	src/core/number.c \
	src/core/number.h \
	src/core/start.c \
	src/core/start.h \
	src/core/turn.c \
	src/core/turn.h \
	$(core_alert) \
	$(core_backup) \
	$(core_campaign) \
	$(core_case) \
	$(core_config) \
	$(core_contacts) \
	$(core_control) \
	$(core_dialogue) \
	$(core_duty) \
	$(core_health) \
	$(core_inbound) \
	$(core_link) \
	$(core_ops) \
	$(core_outbound) \
	$(core_oversight) \
	$(core_people) \
	$(core_retention) \
	$(core_report) \
	$(core_roster) \
	$(core_service) \
	$(core_ussd)

sbin_PROGRAMS += hotlined
hotlined_CPPFLAGS = $(CORE_CPPFLAGS)
hotlined_SOURCES = src/core/main.c
hotlined_LDADD = $(CORE_LIBS)
