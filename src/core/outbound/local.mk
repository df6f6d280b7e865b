# What goes out: the outbox and its dispatcher
core_outbound = \
	src/core/outbound/backoff.c \
	src/core/outbound/backoff.h \
	src/core/outbound/carried.c \
	src/core/outbound/carried.h \
	src/core/outbound/dispatch.c \
	src/core/outbound/dispatch.h \
	src/core/outbound/dispatch_expire.c \
	src/core/outbound/dispatch_inside.h \
	src/core/outbound/dispatch_lease.c \
	src/core/outbound/dispatch_links.c \
	src/core/outbound/dispatch_report.c \
	src/core/outbound/dispatch_slot.c \
	src/core/outbound/dispatch_told.c \
	src/core/outbound/gate.c \
	src/core/outbound/gate.h \
	src/core/outbound/lane.c \
	src/core/outbound/lane.h \
	src/core/outbound/notice.c \
	src/core/outbound/notice.h \
	src/core/outbound/outbound_hooks.c \
	src/core/outbound/outbound_hooks.h \
	src/core/outbound/outbox.c \
	src/core/outbound/outbox.h \
	src/core/outbound/outbox_control.c \
	src/core/outbound/outbox_row.h \
	src/core/outbound/outbox_state.c \
	src/core/outbound/outbox_state.h \
	src/core/outbound/sim_use.c \
	src/core/outbound/sim_use.h \
	src/core/outbound/texter.c \
	src/core/outbound/texter.h \
	src/core/outbound/warn.c \
	src/core/outbound/warn.h
