# what comes in: numbers, parts, cases, receipts
core_inbound = src/core/intake.h \
	src/core/case.c src/core/case.h src/core/case_code.c \
	src/core/number.c src/core/number.h \
	src/core/receipt.c src/core/receipt.h
