# What is erased, and when
core_retention = \
	src/core/retention/policy.c \
	src/core/retention/policy.h \
	src/core/retention/retention.c \
	src/core/retention/retention.h \
	src/core/retention/retention_control.c \
	src/core/retention/retention_step.c \
	src/core/retention/retention_step.h \
	src/core/retention/shred.c \
	src/core/retention/shred.h
