# who may see what: units, people, sessions; and how a hotline begins
core_people = \
	src/core/init.c src/core/init.h \
	src/core/units.c src/core/units.h src/core/session.h
