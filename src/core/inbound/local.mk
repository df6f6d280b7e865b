# What comes in: parts, intake, receipts
core_inbound = \
	src/core/inbound/assembly.c \
	src/core/inbound/assembly.h \
	src/core/inbound/destination.c \
	src/core/inbound/destination.h \
	src/core/inbound/intake.c \
	src/core/inbound/intake.h \
	src/core/inbound/intake_links.c \
	src/core/inbound/loop.c \
	src/core/inbound/loop.h \
	src/core/inbound/poison.c \
	src/core/inbound/poison.h \
	src/core/inbound/process.c \
	src/core/inbound/process.h \
	src/core/inbound/process_text.h \
	src/core/inbound/quarantine_control.c \
	src/core/inbound/receipt.c \
	src/core/inbound/receipt.h \
	src/core/inbound/reply.c \
	src/core/inbound/reply.h \
	src/core/inbound/sender.c \
	src/core/inbound/sender.h
