# what comes in: numbers, parts, cases, receipts
core_inbound = \
	src/core/assembly.c src/core/assembly.h \
	src/core/case.c src/core/case.h src/core/case_code.c src/core/case_control.c \
	src/core/intake.c src/core/intake.h \
	src/core/number.c src/core/number.h \
	src/core/poison.c src/core/poison.h \
	src/core/process.c src/core/process.h \
	src/core/quarantine_control.c \
	src/core/receipt.c src/core/receipt.h \
	src/core/sealing.c src/core/sealing.h
