# The configuration, profiles and wording
core_config = \
	src/core/config/config.c \
	src/core/config/config.h \
	src/core/config/config_check.c \
	src/core/config/config_inside.h \
	src/core/config/config_modems.c \
	src/core/config/operators.c \
	src/core/config/operators.h \
	src/core/config/profile.c \
	src/core/config/profile.h \
	src/core/config/profiles.c \
	src/core/config/profiles.h \
	src/core/config/wording.c \
	src/core/config/wording.h \
	src/core/config/wording_check.c \
	src/core/config/wording_keys.c \
	src/core/config/wording_load.c \
	src/core/config/wording_set.h
