# The dialogue with texters: whether they may be texted, what they are asked, what they answer
core_dialogue = \
	src/core/dialogue/contact_safety.c \
	src/core/dialogue/contact_safety.h \
	src/core/dialogue/texter.c \
	src/core/dialogue/texter.h
