noinst_LIBRARIES += src/simmodem/libsimmodem.a
src_simmodem_libsimmodem_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS)
src_simmodem_libsimmodem_a_SOURCES = \
	src/simmodem/at.c src/simmodem/at.h \
	src/simmodem/at_basic.c \
	src/simmodem/at_call.c \
	src/simmodem/at_line.c src/simmodem/at_line.h \
	src/simmodem/at_out.c src/simmodem/at_out.h \
	src/simmodem/at_rows.c src/simmodem/at_rows.h \
	src/simmodem/at_sim.c \
	src/simmodem/at_sms.c \
	src/simmodem/at_status.c \
	src/simmodem/at_write.c \
	src/simmodem/call.c src/simmodem/call.h \
	src/simmodem/charset.c src/simmodem/charset.h \
	src/simmodem/client.c src/simmodem/client.h \
	src/simmodem/control.c src/simmodem/control.h \
	src/simmodem/fault.c src/simmodem/fault.h \
	src/simmodem/histogram.c src/simmodem/histogram.h \
	src/simmodem/inject.c src/simmodem/inject.h \
	src/simmodem/load.c src/simmodem/load.h \
	src/simmodem/meter.c src/simmodem/meter.h \
	src/simmodem/modem.c src/simmodem/modem.h \
	src/simmodem/network.c src/simmodem/network.h \
	src/simmodem/now.h \
	src/simmodem/ops.c src/simmodem/ops.h \
	src/simmodem/ops_modem.c \
	src/simmodem/ops_network.c \
	src/simmodem/ops_quirk.c \
	src/simmodem/ops_sms.c \
	src/simmodem/ops_state.c \
	src/simmodem/pdu.c src/simmodem/pdu.h \
	src/simmodem/pdu_field.c src/simmodem/pdu_field.h \
	src/simmodem/pdu_ud.c \
	src/simmodem/phones.c src/simmodem/phones.h \
	src/simmodem/pty.c src/simmodem/pty.h \
	src/simmodem/queue.c src/simmodem/queue.h \
	src/simmodem/quirk.c src/simmodem/quirk.h \
	src/simmodem/server.c src/simmodem/server.h \
	src/simmodem/sim.c src/simmodem/sim.h \
	src/simmodem/slots.c src/simmodem/slots.h \
	src/simmodem/sms_set.c src/simmodem/sms_set.h \
	src/simmodem/sms_text.c src/simmodem/sms_text.h \
	src/simmodem/units.c src/simmodem/units.h \
	src/simmodem/ussd.c src/simmodem/ussd.h \
	src/simmodem/watch.c src/simmodem/watch.h

SIMMODEM_LIBS = src/simmodem/libsimmodem.a src/wire/libwire.a src/text/libtext.a src/base/libbase.a \
	$(JANSSON_LIBS) $(EVENT_LIBS)

bin_PROGRAMS += hotline-simmodem
hotline_simmodem_SOURCES = src/simmodem/main.c
hotline_simmodem_LDADD = $(SIMMODEM_LIBS)
