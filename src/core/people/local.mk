# Who may see what: units, people, passwords, sessions, the audit trail; how a hotline begins
core_people = \
	src/core/people/anchor.c \
	src/core/people/anchor.h \
	src/core/people/audit_control.c \
	src/core/people/auth.c \
	src/core/people/auth.h \
	src/core/people/init.c \
	src/core/people/init.h \
	src/core/people/lineage.c \
	src/core/people/lineage.h \
	src/core/people/person.c \
	src/core/people/person.h \
	src/core/people/person_control.c \
	src/core/people/pwhash.c \
	src/core/people/pwhash.h \
	src/core/people/read_policy.c \
	src/core/people/read_policy.h \
	src/core/people/reading.c \
	src/core/people/reading.h \
	src/core/people/reading_control.c \
	src/core/people/release_control.c \
	src/core/people/release_policy.c \
	src/core/people/release_policy.h \
	src/core/people/session.c \
	src/core/people/session.h \
	src/core/people/units.c \
	src/core/people/units.h
