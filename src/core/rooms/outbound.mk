# what goes out: the outbox, its dispatcher, the roster, alerts
core_outbound = \
	src/core/alert/alert.c src/core/alert/alert.h src/core/alert/alert_inside.h \
	src/core/alert/alert_command.c src/core/alert/alert_control.c src/core/alert/alert_text.c \
	src/core/alert/command.c src/core/alert/command.h \
	src/core/alert/policy.c src/core/alert/policy.h \
	src/core/backoff.c src/core/backoff.h \
	src/core/dispatch.c src/core/dispatch_told.c src/core/dispatch_report.c src/core/dispatch.h src/core/dispatch_inside.h \
	src/core/lane.c src/core/lane.h \
	src/core/outbox.c src/core/outbox_control.c src/core/outbox.h src/core/outbox_row.h \
	src/core/outbox_state.c src/core/outbox_state.h \
	src/core/roster.c src/core/roster.h
