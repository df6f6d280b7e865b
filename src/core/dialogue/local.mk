# The dialogue with texters: whether they may be texted, what they are asked, what they answer
core_dialogue = \
	src/core/dialogue/answer.c \
	src/core/dialogue/answer.h \
	src/core/dialogue/contact_safety.c \
	src/core/dialogue/contact_safety.h \
	src/core/dialogue/dialogue.c \
	src/core/dialogue/dialogue.h \
	src/core/dialogue/dialogue_control.c \
	src/core/dialogue/dialogue_send.c \
	src/core/dialogue/dialogue_send.h \
	src/core/dialogue/dialogue_take.c \
	src/core/dialogue/dialogue_told.c \
	src/core/dialogue/question.c \
	src/core/dialogue/question.h
