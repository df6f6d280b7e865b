check_PROGRAMS += tests/unit/core/backup/test_restore
TESTS += tests/unit/core/backup/test_restore
tests_unit_core_backup_test_restore_SOURCES = tests/unit/core/backup/test_restore.c tests/cm.h tests/scratch.h
tests_unit_core_backup_test_restore_CPPFLAGS = $(CORE_TEST_CPPFLAGS)
tests_unit_core_backup_test_restore_LDADD = $(CORE_TEST_LIBS)
