# Cases: their codes, states and sealed texts
core_case = \
	src/core/case/case.c \
	src/core/case/case.h \
	src/core/case/case_code.c \
	src/core/case/case_control.c \
	src/core/case/sealing.c \
	src/core/case/sealing.h
