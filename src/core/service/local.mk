# What modems do besides texts: USSD, balances, missed calls
core_service = \
	src/core/service/balance.c \
	src/core/service/balance.h \
	src/core/service/balance_read.c \
	src/core/service/balance_read.h \
	src/core/service/missed.c \
	src/core/service/missed.h \
	src/core/service/mmi.c \
	src/core/service/mmi.h \
	src/core/service/modems_control.c \
	src/core/service/service.c \
	src/core/service/service.h \
	src/core/service/ussd.c \
	src/core/service/ussd.h \
	src/core/service/ussd_control.c
