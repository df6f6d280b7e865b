# Who is on duty
core_roster = \
	src/core/roster/roster.c \
	src/core/roster/roster.h
