# Who agreed to campaigns
core_contacts = \
	src/core/contacts/contacts.c \
	src/core/contacts/contacts.h \
	src/core/contacts/contacts_control.c \
	src/core/contacts/eligible.c \
	src/core/contacts/eligible.h \
	src/core/contacts/fields.c \
	src/core/contacts/fields.h \
	src/core/contacts/hear.c \
	src/core/contacts/hear.h \
	src/core/contacts/import.c \
	src/core/contacts/import.h \
	src/core/contacts/import_control.c \
	src/core/contacts/import_groups.c \
	src/core/contacts/import_groups.h \
	src/core/contacts/leave.c \
	src/core/contacts/leave.h \
	src/core/contacts/words.c \
	src/core/contacts/words.h
