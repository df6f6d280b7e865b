# Cases: their codes, states, clocks and sealed texts, and what people do with them
core_case = \
	src/core/case/case.c \
	src/core/case/case.h \
	src/core/case/case_asked.c \
	src/core/case/case_asked.h \
	src/core/case/case_code.c \
	src/core/case/case_deadlines.h \
	src/core/case/case_list_control.c \
	src/core/case/case_reason.c \
	src/core/case/case_reason.h \
	src/core/case/case_show_control.c \
	src/core/case/case_state.c \
	src/core/case/case_state.h \
	src/core/case/case_visible.c \
	src/core/case/case_work_control.c \
	src/core/case/sealing.c \
	src/core/case/sealing.h
