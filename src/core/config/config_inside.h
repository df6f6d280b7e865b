/* A configuration while it is being read, for config.c, config_check.c and config_modems.c; nobody else includes this. */
#ifndef HL_CORE_CONFIG_CONFIG_INSIDE_H
#define HL_CORE_CONFIG_CONFIG_INSIDE_H

#include <libconfig.h>

#include "conf/conf.h"
#include "core/config/config.h"

/* The keys of the file; each says where in struct config it goes. */
extern const struct conf_key config_keys[];

/* What a file is while it is being read. */
struct config_reader {
	const char *path;
	config_setting_t *root;
	struct conf_errors *e;
	struct config *c;
};

/* Checks what the table of keys cannot say, and makes paths absolute. */
void config_check(struct config_reader *r);

/* The list of modems, with their profiles. */
void config_read_modems(struct config_reader *r);

/* Whether each octet of the text is one of these. */
bool config_only_of(const char *text, const char *allowed);

#endif
