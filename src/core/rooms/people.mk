# who may see what: units, people, passwords, sessions, the audit trail; and how a hotline begins
core_people = \
	src/core/audit_control.c \
	src/core/auth.c src/core/auth.h \
	src/core/init.c src/core/init.h \
	src/core/person.c src/core/person.h \
	src/core/person_control.c \
	src/core/pwhash.c src/core/pwhash.h \
	src/core/session.c src/core/session.h \
	src/core/units.c src/core/units.h
