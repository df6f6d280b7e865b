noinst_LIBRARIES += src/text/libtext.a
src_text_libtext_a_SOURCES = \
	src/text/gsm7.c src/text/gsm7.h \
	src/text/sms.c src/text/sms.h \
	src/text/utf8.c src/text/utf8.h
