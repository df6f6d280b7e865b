# what goes out: the outbox, its dispatcher, the roster, alerts
core_outbound = \
	src/core/backoff.c src/core/backoff.h \
	src/core/dispatch.c src/core/dispatch_told.c src/core/dispatch_report.c src/core/dispatch.h src/core/dispatch_inside.h \
	src/core/lane.c src/core/lane.h \
	src/core/outbox.c src/core/outbox.h src/core/outbox_row.h \
	src/core/outbox_state.c src/core/outbox_state.h \
	src/core/roster.h src/core/alert/alert.h
