core_people = src/core/session.h src/core/units.h
