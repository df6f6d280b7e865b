# What mails and webhooks are made of, and what their servers' answers mean.
noinst_LIBRARIES += src/notify/libnotify.a
src_notify_libnotify_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) $(SODIUM_CFLAGS)
src_notify_libnotify_a_SOURCES = \
	src/notify/message.c src/notify/message.h \
	src/notify/verdict.c src/notify/verdict.h
