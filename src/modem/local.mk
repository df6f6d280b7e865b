noinst_LIBRARIES += src/modem/libmodem.a
src_modem_libmodem_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS) $(GAMMU_CFLAGS) $(SECCOMP_CFLAGS)
src_modem_libmodem_a_SOURCES = \
	src/modem/at.c src/modem/at.h \
	src/modem/at_line.c src/modem/at_line.h \
	src/modem/pdu.c src/modem/pdu.h \
	src/modem/pdu_check.c src/modem/pdu_check.h \
	src/modem/pdu_text.c src/modem/pdu_text.h
