# The USSD menu: what it is and how it is walked through (pure), and the sessions of people who do
core_ussd = \
	src/core/ussd/engine.c \
	src/core/ussd/engine.h \
	src/core/ussd/menu.c \
	src/core/ussd/menu.h \
	src/core/ussd/menu_check.c \
	src/core/ussd/menu_read.c \
	src/core/ussd/screen.c \
	src/core/ussd/screen.h
