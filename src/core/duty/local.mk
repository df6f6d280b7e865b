# Who is on duty in the running core: the roster in force, overrides, shifts that begin
core_duty = \
	src/core/duty/complaints.c \
	src/core/duty/live.c \
	src/core/duty/live.h \
	src/core/duty/live_inside.h \
	src/core/duty/live_override.c \
	src/core/duty/roster_control.c \
	src/core/duty/roster_control_change.c \
	src/core/duty/shift.c
