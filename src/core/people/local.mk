# Who may see what: units, people, passwords, sessions, the audit trail; how a hotline begins
core_people = \
	src/core/people/anchor.c \
	src/core/people/anchor.h \
	src/core/people/auth.c \
	src/core/people/auth.h \
	src/core/people/case_visible.c \
	src/core/people/case_visible.h \
	src/core/people/init.c \
	src/core/people/init.h \
	src/core/people/lineage.c \
	src/core/people/lineage.h \
	src/core/people/person.c \
	src/core/people/person.h \
	src/core/people/pwhash.c \
	src/core/people/pwhash.h \
	src/core/people/read_policy.c \
	src/core/people/read_policy.h \
	src/core/people/session.c \
	src/core/people/session.h \
	src/core/people/units.c \
	src/core/people/units.h
