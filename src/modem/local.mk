noinst_LIBRARIES += src/modem/libmodem.a
src_modem_libmodem_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS) $(GAMMU_CFLAGS) $(SECCOMP_CFLAGS)
src_modem_libmodem_a_SOURCES = \
	src/modem/at.c src/modem/at.h src/modem/at_inside.h src/modem/at_read.c \
	src/modem/at_line.c src/modem/at_line.h \
	src/modem/call.c src/modem/call.h \
	src/modem/call_number.c src/modem/call_number.h \
	src/modem/checkup.c src/modem/checkup.h \
	src/modem/cms.c src/modem/cms.h \
	src/modem/deadly.c src/modem/deadly.h \
	src/modem/guard.c src/modem/guard.h \
	src/modem/held.c src/modem/held.h \
	src/modem/identify.c src/modem/identify.h \
	src/modem/ladder.c src/modem/ladder.h \
	src/modem/locate.c src/modem/locate.h \
	src/modem/orders.c src/modem/orders.h \
	src/modem/outcome.c src/modem/outcome.h \
	src/modem/pdu.c src/modem/pdu.h \
	src/modem/pdu_check.c src/modem/pdu_check.h \
	src/modem/pdu_text.c src/modem/pdu_text.h \
	src/modem/pin.c src/modem/pin.h \
	src/modem/port.c src/modem/port.h \
	src/modem/precedence.c src/modem/precedence.h \
	src/modem/probe.c src/modem/probe.h src/modem/probe_inside.h \
	src/modem/probe_plan.c \
	src/modem/probe_show.c \
	src/modem/probe_step.c \
	src/modem/reading.c src/modem/reading.h \
	src/modem/reception.c src/modem/reception.h \
	src/modem/reception_choice.c src/modem/reception_choice.h \
	src/modem/reception_job.c src/modem/reception_job.h \
	src/modem/sandbox.c src/modem/sandbox.h \
	src/modem/setup.c src/modem/setup.h \
	src/modem/state.c src/modem/state.h \
	src/modem/submission.c src/modem/submission.h \
	src/modem/timer.c src/modem/timer.h \
	src/modem/trim.c src/modem/trim.h \
	src/modem/tty.c src/modem/tty.h \
	src/modem/urc.c src/modem/urc.h \
	src/modem/ussd.c src/modem/ussd.h \
	src/modem/ussd_code.c src/modem/ussd_code.h \
	src/modem/ussd_command.c src/modem/ussd_inside.h \
	src/modem/worker.c src/modem/worker.h \
	src/modem/worker_pump.c \
	src/modem/worker_state.c

sbin_PROGRAMS += hotline-modem
hotline_modem_SOURCES = src/modem/main.c
hotline_modem_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS)
hotline_modem_LDADD = src/modem/libmodem.a src/wire/libwire.a src/text/libtext.a src/base/libbase.a \
	$(GAMMU_LIBS) $(SECCOMP_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS)
