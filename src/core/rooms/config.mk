core_config = src/core/config.h src/core/conf.h src/core/wording.h src/core/control.h
