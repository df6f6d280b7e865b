core_inbound = src/core/intake.h src/core/number.h src/core/case.h
