# Who is rung, when, and until a human has it
core_alert = \
	src/core/alert/ack_code.c \
	src/core/alert/ack_code.h \
	src/core/alert/ack_rule.c \
	src/core/alert/ack_rule.h \
	src/core/alert/alert.c \
	src/core/alert/alert.h \
	src/core/alert/alert_ask.c \
	src/core/alert/alert_ask.h \
	src/core/alert/alert_command.c \
	src/core/alert/alert_control.c \
	src/core/alert/alert_exhaust.c \
	src/core/alert/alert_inside.h \
	src/core/alert/alert_life.c \
	src/core/alert/alert_notice.c \
	src/core/alert/alert_pace.c \
	src/core/alert/alert_people.c \
	src/core/alert/alert_policy.c \
	src/core/alert/alert_state.c \
	src/core/alert/alert_state.h \
	src/core/alert/alert_text.c \
	src/core/alert/alert_timer.c \
	src/core/alert/command.c \
	src/core/alert/command.h \
	src/core/alert/duty_order.c \
	src/core/alert/duty_order.h \
	src/core/alert/policies.c \
	src/core/alert/policies.h \
	src/core/alert/policies_load.c \
	src/core/alert/policy.c \
	src/core/alert/policy.h \
	src/core/alert/swap.c \
	src/core/alert/swap.h \
	src/core/alert/swap_rule.c \
	src/core/alert/swap_rule.h \
	src/core/alert/swap_wish.c \
	src/core/alert/swap_wish.h
