# What stands on top of every room: the table of requests, and the status
core_ops = \
	src/core/ops/notify_status.c \
	src/core/ops/notify_status.h \
	src/core/ops/ops.c \
	src/core/ops/ops.h \
	src/core/ops/rules_control.c \
	src/core/ops/status.c
