# hotline-ussd. libussd: the conventions of operators' gateways, the server, and what goes to the core.
noinst_LIBRARIES += src/ussd/libussd.a
src_ussd_libussd_a_CPPFLAGS = $(AM_CPPFLAGS) -D_GNU_SOURCE $(JANSSON_CFLAGS) $(EVENT_CFLAGS) $(SODIUM_CFLAGS) $(CONFIG_CFLAGS) $(MICROHTTPD_CFLAGS) $(SECCOMP_CFLAGS)
src_ussd_libussd_a_SOURCES = \
	src/ussd/codec.c src/ussd/codec.h \
	src/ussd/codec_africastalking.c \
	src/ussd/codec_hubtel.c \
	src/ussd/codec_infobip.c \
	src/ussd/codec_json.c src/ussd/codec_json.h \
	src/ussd/conn_clock.c src/ussd/conn_clock.h \
	src/ussd/cumulative.c src/ussd/cumulative.h \
	src/ussd/form.c src/ussd/form.h \
	src/ussd/gateway.c src/ussd/gateway.h src/ussd/gateway_inside.h \
	src/ussd/gateway_request.c \
	src/ussd/gateway_step.c \
	src/ussd/http.c src/ussd/http.h \
	src/ussd/rate.c src/ussd/rate.h \
	src/ussd/sessions.c src/ussd/sessions.h \
	src/ussd/settings.c src/ussd/settings.h \
	src/ussd/source.c src/ussd/source.h \
	src/ussd/target.c src/ussd/target.h \
	src/ussd/walls.c src/ussd/walls.h

sbin_PROGRAMS += hotline-ussd
hotline_ussd_SOURCES = src/ussd/main.c
hotline_ussd_CPPFLAGS = $(src_ussd_libussd_a_CPPFLAGS)
hotline_ussd_LDADD = src/ussd/libussd.a src/wire/libwire.a src/conf/libconf.a src/text/libtext.a src/base/libbase.a \
	$(MICROHTTPD_LIBS) $(SECCOMP_LIBS) $(SODIUM_LIBS) $(CONFIG_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS)
