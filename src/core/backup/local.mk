# A backup of the database while it is in use, and its way back
core_backup = \
	src/core/backup/backup.c \
	src/core/backup/backup.h \
	src/core/backup/check.c \
	src/core/backup/check.h \
	src/core/backup/restore.c \
	src/core/backup/restore.h
