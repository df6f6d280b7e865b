core_config = src/core/config.c src/core/config.h src/core/conf.c src/core/conf_file.c src/core/conf.h \
	src/core/profile.c src/core/profile.h \
	src/core/wording.c src/core/wording_keys.c src/core/wording_load.c src/core/wording_check.c \
	src/core/wording.h src/core/wording_set.h \
	src/core/control.c src/core/control_answer.c src/core/control_list.c src/core/control_ops.c src/core/control_status.c \
	src/core/control.h src/core/control_inside.h src/core/control_list.h
