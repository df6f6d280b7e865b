# Who watches whom: people and their accounts, the release of numbers, the audit trail as people read it
core_oversight = \
	src/core/oversight/audit_control.c \
	src/core/oversight/person_control.c \
	src/core/oversight/release_control.c \
	src/core/oversight/release_policy.c \
	src/core/oversight/release_policy.h
