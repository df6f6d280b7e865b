noinst_LIBRARIES += src/text/libtext.a
src_text_libtext_a_SOURCES = \
	src/text/alias.c src/text/alias.h \
	src/text/charset.c src/text/charset.h \
	src/text/clean.c src/text/clean.h \
	src/text/csv.c src/text/csv.h \
	src/text/fold.c src/text/fold.h \
	src/text/gsm7.c src/text/gsm7.h \
	src/text/letters.c src/text/letters.h \
	src/text/negative.c src/text/negative.h \
	src/text/sms.c src/text/sms.h \
	src/text/sound.c src/text/sound.h \
	src/text/translit.c src/text/translit.h \
	src/text/utf8.c src/text/utf8.h
