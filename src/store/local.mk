# One file a table family; schema_N.sql are the migrations, turned into C strings (schema_N.c) at build time.
SCHEMAS = src/store/schema_1.sql
SCHEMAS_C = $(SCHEMAS:.sql=.c)

noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
src_store_libstore_a_SOURCES = \
	src/store/alert.c src/store/alert.h \
	src/store/alert_code.c src/store/alert_code.h \
	src/store/alert_notice.c src/store/alert_notice.h \
	src/store/alert_pace.c src/store/alert_pace.h \
	src/store/answered.c src/store/answered.h \
	src/store/audit.c src/store/audit.h \
	src/store/backup.c src/store/backup.h \
	src/store/balance.c src/store/balance.h \
	src/store/call.c src/store/call.h \
	src/store/campaign.c src/store/campaign.h \
	src/store/campaign_answer.c src/store/campaign_answer.h \
	src/store/campaign_recipient.c src/store/campaign_recipient.h \
	src/store/case.c src/store/case.h \
	src/store/case_link.c src/store/case_link.h \
	src/store/contact.c src/store/contact.h \
	src/store/counter.c src/store/counter.h \
	src/store/hold.c src/store/hold.h \
	src/store/digest.c src/store/digest.h \
	src/store/drill.c src/store/drill.h \
	src/store/inbound.c src/store/inbound.h \
	src/store/inbound_hour.c src/store/inbound_hour.h \
	src/store/message.c src/store/message.h \
	src/store/meta.c src/store/meta.h \
	src/store/migrate.c src/store/migrate.h \
	src/store/optout.c src/store/optout.h \
	src/store/outbox.c src/store/outbox.h src/store/outbox_inside.h src/store/outbox_alert.c src/store/outbox_part.c \
	src/store/outcome.c src/store/outcome.h \
	src/store/part.c src/store/part.h \
	src/store/person.c src/store/person.h \
	src/store/quarantine.c src/store/quarantine.h \
	src/store/question.c src/store/question.h \
	src/store/refused_pin.c src/store/refused_pin.h \
	src/store/sim_use.c src/store/sim_use.h \
	src/store/release.c src/store/release.h \
	src/store/roster.c src/store/roster.h \
	src/store/retention.c src/store/retention.h src/store/retention_week.c \
	src/store/schema.c src/store/schema.h \
	src/store/schema_made.c src/store/schema_made.h \
	src/store/sql.c src/store/inside.h \
	src/store/store.c src/store/store.h \
	src/store/subscriber.c src/store/subscriber.h src/store/subscriber_inside.h \
	src/store/subscriber_import.c src/store/subscriber_import.h \
	src/store/subscriber_select.c src/store/subscriber_select.h \
	src/store/swap.c src/store/swap.h \
	src/store/tally.c src/store/tally.h \
	src/store/text_view.c src/store/text_view.h \
	src/store/unit.c src/store/unit.h \
	src/store/ussd.c src/store/ussd.h
nodist_src_store_libstore_a_SOURCES = $(SCHEMAS_C)

EXTRA_DIST += $(SCHEMAS) src/store/schema.awk
CLEANFILES += $(SCHEMAS_C)
SUFFIXES = .sql
.sql.c:
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(AWK) -f $(top_srcdir)/src/store/schema.awk $< > $@.tmp && mv -f $@.tmp $@
$(SCHEMAS_C): src/store/schema.awk
