/* The schedule of a roster file: rotations, overrides, holidays (etc/roster.conf explains them), every error with file and line. */
#ifndef HL_CORE_ROSTER_SCHEDULE_READ_H
#define HL_CORE_ROSTER_SCHEDULE_READ_H

#include "conf/conf.h"
#include "core/roster/roster.h"
#include "core/roster/schedule.h"

/* The people must have been read into r before. */
void schedule_read(struct schedule *s, const char *path, const config_setting_t *root, const struct roster *r,
	struct conf_errors *e);

#endif
