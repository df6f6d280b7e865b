# What is told on a schedule: digests, signs of life, drills
core_report = \
	src/core/report/channel.c \
	src/core/report/channel.h \
	src/core/report/digest.c \
	src/core/report/digest_mail.c \
	src/core/report/drill.c \
	src/core/report/drill_control.c \
	src/core/report/due.c \
	src/core/report/due.h \
	src/core/report/report.c \
	src/core/report/report.h \
	src/core/report/report_inside.h
