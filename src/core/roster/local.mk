# Who is on duty
core_roster = \
	src/core/roster/address.c \
	src/core/roster/address.h \
	src/core/roster/cover.c \
	src/core/roster/cover.h \
	src/core/roster/local_time.c \
	src/core/roster/local_time.h \
	src/core/roster/roster.c \
	src/core/roster/roster.h \
	src/core/roster/roster_apart.c \
	src/core/roster/roster_inside.h \
	src/core/roster/roster_number.c \
	src/core/roster/roster_number.h \
	src/core/roster/schedule.c \
	src/core/roster/schedule.h \
	src/core/roster/schedule_read.c \
	src/core/roster/schedule_read.h
