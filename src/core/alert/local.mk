# Who is rung, when, and until a human has it
core_alert = \
	src/core/alert/alert.c \
	src/core/alert/alert.h \
	src/core/alert/alert_command.c \
	src/core/alert/alert_control.c \
	src/core/alert/alert_inside.h \
	src/core/alert/alert_people.c \
	src/core/alert/alert_text.c \
	src/core/alert/command.c \
	src/core/alert/command.h \
	src/core/alert/duty_order.c \
	src/core/alert/duty_order.h \
	src/core/alert/policy.c \
	src/core/alert/policy.h
