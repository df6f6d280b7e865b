# hotline-notify. libnotify: what mails and webhooks are made of, and what their servers' answers mean.
noinst_LIBRARIES += src/notify/libnotify.a
src_notify_libnotify_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(EVENT_CFLAGS) $(SODIUM_CFLAGS) $(CONFIG_CFLAGS) $(CURL_CFLAGS) $(SECCOMP_CFLAGS)
src_notify_libnotify_a_SOURCES = \
	src/core/roster/address.c src/core/roster/address.h \
	src/notify/carrier.c src/notify/carrier.h \
	src/notify/courier.c src/notify/courier.h \
	src/notify/message.c src/notify/message.h \
	src/notify/settings.c src/notify/settings.h \
	src/notify/transfer.c src/notify/transfer.h \
	src/notify/verdict.c src/notify/verdict.h \
	src/notify/walls.c src/notify/walls.h

sbin_PROGRAMS += hotline-notify
hotline_notify_SOURCES = src/notify/main.c
hotline_notify_CPPFLAGS = $(src_notify_libnotify_a_CPPFLAGS)
hotline_notify_LDADD = src/notify/libnotify.a src/wire/libwire.a src/conf/libconf.a src/text/libtext.a src/base/libbase.a \
	$(CURL_LIBS) $(SECCOMP_LIBS) $(SODIUM_LIBS) $(CONFIG_LIBS) $(JANSSON_LIBS) $(EVENT_LIBS)
