core_outbound = src/core/outbox.h src/core/dispatch.h src/core/roster.h src/core/alert/alert.h
