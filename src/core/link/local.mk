# The links: modem workers and their protocol
core_link = \
	src/core/link/identity.c \
	src/core/link/identity.h \
	src/core/link/link_hooks.c \
	src/core/link/link_hooks.h \
	src/core/link/links.c \
	src/core/link/links.h \
	src/core/link/links_hello.c \
	src/core/link/links_inside.h \
	src/core/link/links_told.c \
	src/core/link/refused_pin.c \
	src/core/link/refused_pin.h
