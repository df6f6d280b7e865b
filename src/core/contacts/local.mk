# Who agreed to campaigns
core_contacts = \
	src/core/contacts/eligible.c \
	src/core/contacts/eligible.h
