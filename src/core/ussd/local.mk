# The USSD menu: what it is and how it is walked through (pure), and the sessions of people who do
core_ussd = \
	src/core/ussd/engine.c \
	src/core/ussd/engine.h \
	src/core/ussd/menu.c \
	src/core/ussd/menu.h \
	src/core/ussd/menu_check.c \
	src/core/ussd/menu_read.c \
	src/core/ussd/order.c \
	src/core/ussd/order.h \
	src/core/ussd/screen.c \
	src/core/ussd/screen.h \
	src/core/ussd/session.c \
	src/core/ussd/session.h \
	src/core/ussd/ussd_campaign.c \
	src/core/ussd/ussd_control.c \
	src/core/ussd/ussd_due.c \
	src/core/ussd/ussd_due.h \
	src/core/ussd/ussd_link.c \
	src/core/ussd/ussd_menus.c \
	src/core/ussd/ussd_modem.c \
	src/core/ussd/ussd_quiz.c \
	src/core/ussd/ussd_report.c \
	src/core/ussd/ussd_room.c \
	src/core/ussd/ussd_room.h \
	src/core/ussd/ussd_text.c \
	src/core/ussd/ussd_verdict.c \
	src/core/ussd/ussd_verdict.h
