# Cases: their codes, states, clocks and sealed texts, and what people do with them
core_case = \
	src/core/case/agencies.c \
	src/core/case/agencies.h \
	src/core/case/case.c \
	src/core/case/case.h \
	src/core/case/case_asked.c \
	src/core/case/case_asked.h \
	src/core/case/case_code.c \
	src/core/case/case_deadlines.h \
	src/core/case/case_label_control.c \
	src/core/case/case_join.c \
	src/core/case/case_join.h \
	src/core/case/case_link.c \
	src/core/case/case_link.h \
	src/core/case/case_list_control.c \
	src/core/case/case_move.c \
	src/core/case/case_move.h \
	src/core/case/case_move_control.c \
	src/core/case/case_note_control.c \
	src/core/case/case_reason.c \
	src/core/case/case_reason.h \
	src/core/case/case_refer_control.c \
	src/core/case/case_show_control.c \
	src/core/case/case_show_links.c \
	src/core/case/case_show_links.h \
	src/core/case/case_state.c \
	src/core/case/case_state.h \
	src/core/case/case_visible.c \
	src/core/case/case_work_control.c \
	src/core/case/corroborate.c \
	src/core/case/corroborate.h \
	src/core/case/feature.c \
	src/core/case/feature.h \
	src/core/case/outcome.c \
	src/core/case/outcome.h \
	src/core/case/sealing.c \
	src/core/case/sealing.h
