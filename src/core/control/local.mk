# The control socket
core_control = \
	src/core/control/control.c \
	src/core/control/control.h \
	src/core/control/control_answer.c \
	src/core/control/control_inside.h \
	src/core/control/control_list.c \
	src/core/control/control_list.h \
	src/core/control/control_login.c \
	src/core/control/once.c \
	src/core/control/once.h
