TEXT_TESTS = \
	tests/unit/text/test_utf8 \
	tests/unit/text/test_charset \
	tests/unit/text/test_csv \
	tests/unit/text/test_gsm7 \
	tests/unit/text/test_sms \
	tests/unit/text/test_translit \
	tests/unit/text/test_fold
check_PROGRAMS += $(TEXT_TESTS)
TESTS += $(TEXT_TESTS)
TEXT_TEST_LIBS = src/text/libtext.a src/base/libbase.a $(CMOCKA_LIBS)

tests_unit_text_test_utf8_SOURCES = tests/unit/text/test_utf8.c tests/cm.h
tests_unit_text_test_utf8_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_text_test_utf8_LDADD = $(TEXT_TEST_LIBS)

tests_unit_text_test_gsm7_SOURCES = tests/unit/text/test_gsm7.c tests/cm.h
tests_unit_text_test_gsm7_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_text_test_gsm7_LDADD = $(TEXT_TEST_LIBS)

tests_unit_text_test_sms_SOURCES = tests/unit/text/test_sms.c tests/cm.h
tests_unit_text_test_sms_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_text_test_sms_LDADD = $(TEXT_TEST_LIBS)

tests_unit_text_test_fold_SOURCES = tests/unit/text/test_fold.c tests/cm.h tests/tsv.h
tests_unit_text_test_fold_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_text_test_fold_LDADD = $(TEXT_TEST_LIBS)
EXTRA_DIST += tests/data/triage/words.tsv tests/data/triage/clean.tsv

tests_unit_text_test_translit_SOURCES = tests/unit/text/test_translit.c tests/cm.h
tests_unit_text_test_translit_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_text_test_translit_LDADD = $(TEXT_TEST_LIBS)

tests_unit_text_test_charset_SOURCES = tests/unit/text/test_charset.c tests/cm.h
tests_unit_text_test_charset_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_text_test_charset_LDADD = $(TEXT_TEST_LIBS)

tests_unit_text_test_csv_SOURCES = tests/unit/text/test_csv.c tests/cm.h
tests_unit_text_test_csv_CPPFLAGS = $(TEST_CPPFLAGS)
tests_unit_text_test_csv_LDADD = $(TEXT_TEST_LIBS)
